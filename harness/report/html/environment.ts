import type { ReportModel } from "../model.js";
import { html, type Markup } from "./markup.js";

/** What the numbers were measured with: a comparison with another run is only fair when these agree. */
export function environment({ results: { run } }: ReportModel): Markup {
  const bonding =
    run.bonding === "kernel" ? "kernel bonding driver" : run.bonding === "ovs" ? "Open vSwitch, same parameters" : run.bonding;
  return html`<section class="environment" aria-labelledby="environment-title">
    <h2 id="environment-title">Measured with</h2>
    <div class="columns three">
      ${list("Versions", Object.entries(run.versions))}${list("Lab", [["provider", run.provider], ["bonding", bonding], ["image", run.image], ["seed", String(run.seed)], ...Object.entries(run.mechanisms)])}${list(
        "Host",
        Object.entries(run.host).map(([name, value]) => [name, String(value)]),
      )}
    </div>
  </section>`;
}

function list(title: string, entries: (readonly [string, string])[]): Markup {
  return html`<div>
    <h3>${title}</h3>
    <dl class="pairs">
      ${entries.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}
