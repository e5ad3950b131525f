import type { Ask } from "../terminal/ask.js";

interface Asked {
  question: string;
  choices: string[];
  initial: string | undefined;
}

/** Answers as told, in order; a question too many, or an answer that is no choice, is a mistake. */
export function scriptedAsk(answers: readonly string[]): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  const answer = (question: string, choices: string[], initial: string | undefined): Promise<string> => {
    const given = answers[asked.length];
    asked.push({ question, choices, initial });
    if (given === undefined || (choices.length > 0 && !choices.includes(given))) {
      return Promise.reject(new Error(`no answer to: ${question} (${choices.join(", ")})`));
    }
    return Promise.resolve(given);
  };
  const ask: Ask = {
    choose: (question, choices, initial) =>
      answer(
        question,
        choices.map(({ value }) => value),
        initial,
      ),
    text: (question, initial) => answer(question, [], initial),
  };
  return { ask, asked };
}
