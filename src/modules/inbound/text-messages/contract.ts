/** What a text asks for; `free_stop` in words of its own. */
export interface TextUnderstanding {
  meaning: "stop" | "stop_all" | "start" | "help" | "free_stop" | "other";
  /** False: a person decides. */
  certain: boolean;
  because: string;
}
