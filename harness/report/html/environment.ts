import type { ReportModel } from "../model.js";
import { html, type Markup } from "./markup.js";

/** What the numbers were measured with: a comparison with another run is only fair when these agree. What the baseline had otherwise is bold. */
export function environment({ results: { run }, comparison }: ReportModel): Markup {
  const bonding =
    run.bonding === "kernel" ? "kernel bonding driver" : run.bonding === "ovs" ? "Open vSwitch, same parameters" : run.bonding;
  // The names under which harness/check/run-differences.ts tells of these.
  const before = new Map(comparison?.changed.map(({ what, from }) => [what, from]));
  const facts = (values: Record<string, string | number>, prefix = ""): Fact[] =>
    Object.entries(values).map(([name, value]) => ({ name, value: String(value), before: before.get(`${prefix}${name}`) }));
  return html`<section class="environment" aria-labelledby="environment-title">
    <h2 id="environment-title">Measured with</h2>
    ${comparison && html`<p class="sub">${comparison.changed.length === 0 ? "The same as in the baseline." : "Bold: other than in the baseline."}</p>`}
    <div class="columns three">
      ${list("Versions", facts(run.versions))}${list("Lab", [
        { name: "provider", value: run.provider, before: before.get("provider") },
        { name: "bonding", value: bonding, before: before.get("bonding") },
        { name: "image", value: run.image, before: before.get("image") },
        { name: "seed", value: String(run.seed), before: undefined },
        ...facts(run.mechanisms),
      ])}${list("Host", facts(run.host, "host "))}
    </div>
  </section>`;
}

interface Fact {
  name: string;
  value: string;
  /** The baseline's; undefined: the same. */
  before: string | undefined;
}

function list(title: string, facts: readonly Fact[]): Markup {
  return html`<div>
    <h3>${title}</h3>
    <dl class="pairs">
      ${facts.map(
        ({ name, value, before }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${before === undefined ? value : html`<b>${value}</b> <span class="sub">was ${before}</span>`}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}
