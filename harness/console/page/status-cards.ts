import type { ClusterDefinition } from "../../cluster/definition.js";
import { html, type Markup } from "../../report/html/markup.js";
import { gapText, plural } from "../../report/words.js";
import type { Moment } from "../board.js";

/** The state of the service in words, for the page's title and the card. */
export function serviceWord({ service, lost }: Moment): "up" | "dark" | "unknown" {
  if (lost !== null) return "unknown";
  return service.darkSinceUs !== null ? "dark" : service.server === null ? "unknown" : "up";
}

/** What one wants to read across the room: is the service there, how long was it not, who has the address, who is the DC. */
export function statusCards(definition: ClusterDefinition, moment: Moment): Markup {
  const { service, frame, nowUs } = moment;
  const named = (which: "holds" | "dc") => Object.entries(frame.nodes).flatMap(([name, state]) => (state[which] ? [name] : []));
  const [owners, dcs] = [named("holds"), named("dc")];
  return html`${serviceCard(definition, moment)}${
    service.darkSinceUs !== null
      ? card(
          "Gap",
          "fail",
          html`<span data-epoch="${Math.round(Date.now() - (nowUs - service.darkSinceUs) / 1000)}" data-digits="1"></span>`,
          `${plural(service.failed, "request")} failed so far`,
        )
      : card(
          "Last gap",
          "",
          service.last === null ? "none" : gapText(service.last),
          service.last === null ? "no request failed while watched" : `${plural(service.last.failed, "request")} failed`,
        )
  }${card(
    "Service address",
    owners.length === 1 ? "" : "fail",
    owners.length === 0 ? "on no node" : owners.join(" and "),
    definition.service.address,
  )}${card("DC", dcs.length === 1 ? "" : "warn", dcs.length === 0 ? "none" : dcs.join(" and "), "as it says of itself")}`;
}

function serviceCard(definition: ClusterDefinition, moment: Moment): Markup {
  const { url } = definition.service;
  const word = serviceWord(moment);
  if (word === "up") return card("Service", "pass", "answers", `${moment.service.server ?? ""} · ${url}`);
  if (word === "dark") return card("Service", "fail", "dark", url);
  return card("Service", "warn", moment.lost === null ? "no answer seen yet" : "not watched any more", moment.lost ?? url);
}

function card(title: string, tone: "" | "pass" | "fail" | "warn", value: Markup | string, note: string): Markup {
  return html`<div class="status${tone === "" ? "" : ` s-${tone}`}">
    <dt>${title}</dt>
    <dd>${value}<span class="sub">${note}</span></dd>
  </div>`;
}
