import { fault, quiet, suite } from "hachaos";

// The configuration as articles print it: the web server has no recurring monitor, so nobody notices when it dies.
suite(import.meta.url, [quiet("baseline", 10_000), fault("apache-kill", "apache-kill", { target: "active" })]);
