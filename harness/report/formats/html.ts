import type { ReportFormat } from "../registry.js";
import { page } from "../html/page.js";

/** One self-contained page that opens from disk. */
export const htmlFormat: ReportFormat = { name: "html", file: "index.html", render: page };
