import type { EnglishWords } from "./index.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: EnglishWords;
    returnNull: false;
  }
}
