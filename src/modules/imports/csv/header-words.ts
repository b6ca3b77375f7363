import type { Channel } from "../../contacts/index.ts";
import type { ContactField, StopField } from "./fields.ts";

/**
 * What headers are called, in English, French, Spanish, German and Dutch and in the exports of
 * HubSpot, Mailchimp, HighLevel, listmonk, Mautic, Twenty and Salesforce, after `plainWords`.
 */
const exact: Readonly<Record<string, string>> = {
  email: `email|e mail|mail|email address|e mail address|mail address|email 1|email1|primary email|work email|business email
    |contact email|lead email|emails primary email|email primary|emailaddress|adresse email|adresse e mail|adresse mail|courriel
    |adresse courriel|mel|correo|correo electronico|direccion de correo|direccion de correo electronico|direccion email|e mail adresse
    |email adresse|emailadresse|mailadresse|e mailadresse|e mailadres|emailadres|mailadres|e mail adres|email adres|subscriber|recipient
    |e post|indirizzo email|endereco de email`,
  phone: `phone|phone number|telephone|telephone number|tel|tel number|mobile|mobile phone|mobile number|mobile phone number
    |cell|cell phone|cellphone|cell number|phone 1|primary phone|work phone|business phone|contact phone|contact phone number
    |whatsapp|whatsapp number|whatsapp phone number|sms|sms number|sms phone number|phones primary phone number|numero de telephone|numero telephone
    |no de telephone|telephone portable|portable|gsm|telefono|numero de telefono|telefono movil|movil|celular|telefon|telefonnummer|handy|handynummer
    |mobil|mobiltelefon|mobilnummer|rufnummer|telefoon|telefoonnummer|mobiel|mobiele telefoon|mobiel nummer|gsm nummer`,
  first_name: `first name|firstname|fname|first|given name|givenname|forename|name first name|prenom|nombre|primer nombre|nombre de pila
    |vorname|voornaam|roepnaam|contact first name`,
  last_name: `last name|lastname|lname|last|surname|family name|familyname|name last name|nom de famille|nom|apellido|apellidos|nachname
    |familienname|achternaam|familienaam|contact last name`,
  full_name: `name|full name|fullname|contact name|contact|display name|lead name|person|nom complet|nom et prenom|prenom nom|nom prenom
    |nombre completo|nombre y apellidos|vollstandiger name|vor und nachname|kompletter name|volledige naam|naam|contactpersoon|ansprechpartner`,
  company: `company|company name|organization|organisation|organization name|organisation name|business|business name|account|account name
    |employer|associated company|entreprise|societe|nom de l entreprise|nom de la societe|raison sociale|empresa|compania
    |nombre de la empresa|razon social|firma|firmenname|unternehmen|bedrijf|bedrijfsnaam|organisatie|onderneming|company name text`,
  job_title: `job title|jobtitle|title|position|role|job|job position|function|poste|fonction|intitule du poste|titre du poste|cargo|puesto
    |puesto de trabajo|titulo|berufsbezeichnung|stellenbezeichnung|funktion|funktie|functie|functietitel`,
  owner_email: `owner|owner email|contact owner|lead owner|account owner|assigned to|assigned user|assigned|sales rep|salesperson|owner name
    |hubspot owner|proprietaire|proprietaire du contact|responsable|propietario|propietario del contacto|besitzer|kontaktinhaber|inhaber
    |zustandig|eigenaar|contacteigenaar|toegewezen aan|verantwoordelijke`,
  tags: `tags|tag|labels|label|contact tags|categories|category|etiquettes|etiquette|etiquetas|etiqueta|mots cles|schlagworte|schlagworter
    |stichworter|trefwoorden|keywords`,
};

const fieldByHeader = new Map<string, ContactField>(
  Object.entries(exact).flatMap(([field, names]) =>
    names.split("|").map((name) => [name.trim(), field as ContactField] as const),
  ),
);

/** Columns of exports that say nothing about a person that Heed keeps. */
const ignored =
  /^(member rating|optin time|optin ip|confirm time|confirm ip|latitude|longitude|gmtoff|dstoff|timezone offset|cc|region code|last changed|leid|euid|notes link|id|record id|contact id|uuid|created|created at|created on|create date|created date|updated|updated at|last modified|last modified date|last activity|last activity date|phones primary phone (country|calling) code|(row|line) number|reason|row|line)$/;

/** A link to unsubscribe, a campaign's name or a figure is no one's wish to stop. */
const aboutSomethingElse =
  /\b(link|url|href|campaign|title|token|count|counter|rate|total|number|list|lists|score|rating|level|risk|filter)\b/;

const aboutWhen = /\b(time|date|at|on|ip|source|datum|fecha|since|timestamp)\b/;

export function headerIsIgnored(header: string): boolean {
  return ignored.test(header);
}

export function fieldOfHeader(header: string): ContactField | undefined {
  return fieldByHeader.get(header);
}

/** The stop column that a header names. Asked before `fieldOfHeader`: "Do not email" is no email. */
export function stopFieldOfHeader(header: string): StopField | undefined {
  const listed = /\b(black ?list|block ?list|suppression list)/.test(header);
  if (aboutSomethingElse.test(header) && !listed) return undefined;
  const channel = channelOf(header);
  if (
    /unsub|opt(ed)? ?out|desabonn|desinscri|abgemeldet|abmeld|abbestell|austrag|uitgeschreven|uitschrijv|afgemeld|\bbaja\b|desuscri/.test(
      header,
    )
  ) {
    if (/\bfax\b/.test(header)) return undefined;
    return channel === undefined || channel === "email"
      ? "unsubscribed"
      : `unsubscribed_${channel}`;
  }
  if (/complain|\bspam\b|\babuse\b|plainte|beschwerde|\bqueja|\bklacht/.test(header))
    return "complained";
  if (
    /bounce|\bclean(ed)?( time| date)?$|undeliverable|invalid e ?mail|e ?mail invalid|rebot|rebond|unzustellbar|onbestelbaar/.test(
      header,
    )
  ) {
    return /\bsoft\b/.test(header) ? undefined : "bounced";
  }
  if (
    /do ?n ?o? ?t (disturb|call|phone|text|sms|e ?mail|mail|message)|\bdnd\b|ne pas (deranger|appeler)|nicht (storen|anrufen)|no (molestar|llamar)|niet (storen|bellen)/.test(
      header,
    )
  ) {
    return channel === undefined ? "do_not_contact" : `do_not_disturb_${channel}`;
  }
  if (
    /do ?n ?o? ?t ?contact|\bdnc\b|donotcontact|ne (pas|plus) contacter|nicht (mehr )?kontaktieren|no contactar|niet (meer )?contacteren|block|black ?list|suppress|robinson|liste noire|lista negra|sperr|zwarte lijst/.test(
      header,
    )
  ) {
    return "do_not_contact";
  }
  if (
    /deactivat|desactiv|deaktiviert|gedeactiveerd|inactiv|inaktiv|inactif|inactief|^(is )?(disabled|archived|deleted)$/.test(
      header,
    )
  ) {
    return "deactivated";
  }
  if (/^(is )?(active|enabled|actif|aktiv|activo|actief)$/.test(header)) return "active";
  if (/(^| )(status|statut|estado|estatus)( |$)/.test(header)) return "status";
  if (
    /opt(ed)? ?in\b|\bsubscri(bed|ption|ber)\b|\bnewsletter\b|\bconsent|accepts? .*marketing|marketing permission|ok to (e ?mail|contact)|\babonne|\binscrit|angemeldet|einwilligung|\bsuscrito|consentimiento|toestemming|ingeschreven|consentement/.test(
      header,
    )
  ) {
    return aboutWhen.test(header) ? undefined : `opt_in_${channel ?? "email"}`;
  }
  return undefined;
}

function channelOf(header: string): Channel | undefined {
  if (/whats ?app/.test(header)) return "whatsapp";
  if (/\b(sms|text|texts|mobile|texto|mensajes?)\b/.test(header)) return "sms";
  if (
    /\b(call|calls|phone|voice|appel(er|s)?|anruf(en)?|telefon\w*|telephon\w*|llam\w+|bellen|telefoon)\b/.test(
      header,
    )
  )
    return "call";
  if (/e ?mail|\bmail\b|courriel|correo/.test(header)) return "email";
  return undefined;
}
