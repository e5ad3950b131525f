import { describe, expect, it } from "vitest";
import { escapeText, html, raw } from "./markup.js";

describe("html", () => {
  it("escapes text and attributes, keeps markup, joins lists, drops nothingness", () => {
    const hostile = `"><img src=x onerror='alert(1)'>`;
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).not.toMatch(/<img|"">|'/);
    expect(html`<b>${[html`<i>${"a<b"}</i>`, raw("&amp;")]}${null}${false}${3}</b>`.markup).toBe("<b><i>a&#60;b</i>&amp;3</b>");
  });

  it("makes control and bidi-override characters visible", () => {
    expect(escapeText("a\u0000b\u001b[31m\u202ec\td\n")).toBe("a\u{FFFD}b\u{FFFD}[31m\u{FFFD}c\td\n");
  });
});
