import { render, screen } from "@testing-library/react";
import { App } from "./App";

test("shows what the back end answers", async () => {
  global.fetch = jest.fn((path) => Promise.resolve({ text: () => Promise.resolve("answer of " + path) })) as jest.Mock;
  render(<App />);
  expect(await screen.findByText("answer of /api/hello")).toBeTruthy();
  expect(await screen.findByText("answer of /api/db")).toBeTruthy();
});
