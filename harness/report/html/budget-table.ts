import type { TrialResult } from "../../check/results.js";
import { limit } from "../words.js";
import { html, type Markup } from "./markup.js";

/** A limit's arithmetic, term by term, with where each number comes from. */
export function budgetTable(budget: TrialResult["budget"]): Markup {
  const sum = budget.terms.reduce((total, term) => total + term.ms, 0);
  return html`<table class="plain arithmetic">
      <tbody>
        ${budget.terms.map(
          (term) =>
            html`<tr>
              <td>${term.name}<span class="sub">${term.source}</span></td>
              <td class="num">${limit(term.ms)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${budget.source === "computed" ? "Computed from the configuration" : "Sum of the configuration"}</th>
          <td class="num">${limit(sum)}</td>
        </tr>
        ${
          budget.source === "definition" &&
          html`<tr>
            <th scope="row">Set by cluster.yaml</th>
            <td class="num">${limit(budget.ms)}</td>
          </tr>`
        }
        <tr class="least">
          <td>Least the configuration can promise</td>
          <td class="num">${limit(budget.floorMs)}</td>
        </tr>
      </tfoot>
    </table>
    ${budget.warning && html`<p class="warning">${budget.warning}</p>`}`;
}
