import { words } from "../../i18n/words.ts";

export const signInWords = words({
  en: {
    title: "Sign in",
    email: "Email",
    password: "Password",
    code: "Code of your second factor",
    codeHint: "Six digits from your authenticator app",
    signIn: "Sign in",
    byLink: "Signing you in…",
    linkReady: "This link signs you in once.",
    linkFailed: "This link does not work any more",
    withPassword: "Sign in with your password",
    noPassword: "No password yet?",
    noPasswordHint:
      "The server prints a one-time link when it first starts; later, an administrator makes one for you.",
  },
  fr: {
    title: "Se connecter",
    email: "E-mail",
    password: "Mot de passe",
    code: "Code de votre second facteur",
    codeHint: "Six chiffres de votre application d’authentification",
    signIn: "Se connecter",
    byLink: "Connexion en cours…",
    linkReady: "Ce lien vous connecte une seule fois.",
    linkFailed: "Ce lien ne fonctionne plus",
    withPassword: "Se connecter avec un mot de passe",
    noPassword: "Pas encore de mot de passe ?",
    noPasswordHint:
      "Le serveur affiche un lien à usage unique à son premier démarrage ; ensuite, un administrateur en crée un pour vous.",
  },
});
