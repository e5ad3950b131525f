import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crmStatements } from "./crm-statements.js";

const wordsOf = (text: string) => crmStatements(text).statements.map((statement) => statement.words.map((word) => word.text));

describe("crmStatements", () => {
  it("joins continued lines and keeps each word's place", () => {
    const { statements, problems } = crmStatements(
      "# cluster\n\nprimitive vip ocf:heartbeat:IPaddr2 \\\n    params ip=1.2.3.4 \\  \n  meta a=b\n",
    );
    expect(problems).toEqual([]);
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ line: 3, column: 1 });
    expect(statements[0]!.words.map((word) => [word.text, word.line, word.column])).toEqual([
      ["primitive", 3, 1],
      ["vip", 3, 11],
      ["ocf:heartbeat:IPaddr2", 3, 15],
      ["params", 4, 5],
      ["ip=1.2.3.4", 4, 12],
      ["meta", 5, 3],
      ["a=b", 5, 8],
    ]);
  });

  it("joins two words when no blank stands before the backslash, as crm does", () => {
    expect(wordsOf("property a=\\\n  b")).toEqual([["property", "a=b"]]);
  });

  it("takes quotes and backslashes as a shell does", () => {
    expect(wordsOf(String.raw`primitive p a="two words" b='it''s' c="say \"hi\"" d=a\ b e="c:\dir" f='\n'`)).toEqual([
      ["primitive", "p", "a=two words", "b=its", 'c=say "hi"', "d=a b", "e=c:\\dir", "f=\\n"],
    ]);
  });

  it("names the place of a quote without end", () => {
    expect(crmStatements('property x=1\nprimitive p a="b').problems).toEqual([
      { line: 2, column: 15, message: 'quote " has no end; close it on the same statement' },
    ]);
  });

  it("points out a comment inside a continued statement", () => {
    expect(crmStatements("primitive p a \\\n # why\\\n params b=c").problems).toMatchObject([{ line: 2, column: 2 }]);
  });

  it("gives back any words that were quoted", () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !/[\r\n\u2028\u2029]/.test(text) && !text.startsWith("#"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const quoted = words.map((text) => `'${text.replaceAll("'", `'"'"'`)}'`);
        expect(wordsOf(`x ${quoted.join(" ")}`)).toEqual([["x", ...words]]);
      }),
    );
  });
});
