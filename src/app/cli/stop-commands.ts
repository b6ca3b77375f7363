import type { Command } from "commander";
import type { Secrets } from "../../kernel/secrets.ts";
import { allPermissions } from "../../modules/access/index.ts";
import {
  liftStop,
  makeStop,
  replayJournal,
  requireScope,
  type StopKind,
  type StopReceipt,
  sendingStatuses,
  stopsOfSubjects,
} from "../../modules/consent/index.ts";
import {
  type Channel,
  channels,
  findContactByAddress,
  keyOfAddress,
  keyOfDomain,
} from "../../modules/contacts/index.ts";
import { operator } from "../../modules/ledger/index.ts";
import { anId, type Common, oneOf, runCommand } from "./run.ts";

interface StopOptions extends Common {
  kind: StopKind;
  channel: Channel;
  because: string;
  topic?: string;
  campaign?: string;
  both?: boolean;
}

/** `stop`, `lift`, `status`, `journal`: what a person at the server's terminal does about stops. */
export function addStopCommands(program: Command): void {
  program
    .command("stop")
    .description("stop writing to an address, a contact or a whole domain")
    .argument("<who>", "an address, a phone number, a contact's id, or @domain")
    .option(
      "--kind <kind>",
      "deactivation, unsubscribe, do_not_contact, do_not_disturb or suppression",
      oneOf("deactivation", "unsubscribe", "do_not_contact", "do_not_disturb", "suppression"),
      "suppression",
    )
    .option("--channel <channel>", "email, sms, whatsapp or call", oneOf(...channels), "email")
    .option("--topic <id>", "only this topic (unsubscribe)", anId)
    .option("--campaign <id>", "only this campaign (do_not_contact)", anId)
    .option("--both", "inbound too (do_not_disturb)")
    .option("--because <text>", "why, for the record", "")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      "\nExamples:\n  heed stop ada@example.org --because 'asked by phone'\n  heed stop @example.org\n  heed stop +447700900123 --channel sms --kind unsubscribe\n",
    )
    .action((who: string, options: StopOptions) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const scope = { topicId: options.topic ?? null, campaignId: options.campaign ?? null };
        const receipt: StopReceipt = await heed.db.inWorkspace(workspaceId, async (tx) => {
          await requireScope(tx, { kind: options.kind, ...scope });
          return makeStop(tx, {
            kind: options.kind,
            subject: named(who, options.channel),
            channel:
              options.kind === "deactivation" || options.kind === "do_not_contact"
                ? null
                : options.channel,
            ...scope,
            direction: options.both ? "both" : "outbound",
            cause: options.kind === "suppression" ? "manual" : "user",
            because: options.because,
            actor: operator,
          });
        });
        const underWay = receipt.underWay.length;
        print(
          `${receipt.added ? "Stopped" : "Was stopped already"}: ${receipt.stop.kind} ${receipt.stop.id}\n` +
            `${receipt.cancelledMessages} queued messages cancelled, ${underWay} already being handed over`,
          {
            stop: receipt.stop,
            added: receipt.added,
            cancelled_messages: receipt.cancelledMessages,
            under_way: receipt.underWay,
          },
        );
      }),
    );

  program
    .command("lift")
    .description("lift one stop, naming it; the rules of its kind apply")
    .argument("<stop>", "the stop's id (heed status shows it)", anId)
    .requiredOption("--authorization <text>", "who authorised it and how")
    .option("--evidence <text>", "proof of the person's consent, where the kind asks for it")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      "\nExample:\n  heed lift 0198… --authorization 'Ada Byron called on 3 March, ticket 812'\n",
    )
    .action((stopId: string, options: Common & { authorization: string; evidence?: string }) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const lifted = await heed.db.inWorkspace(workspaceId, (tx) =>
          liftStop(tx, {
            stopId,
            actor: operator,
            lifter: { as: "user", permissions: new Set(allPermissions) },
            authorization: options.authorization,
            ...(options.evidence ? { evidence: { note: options.evidence } } : {}),
          }),
        );
        print(`Lifted: ${lifted.kind} ${lifted.id}`, {
          stop_id: lifted.id,
          kind: lifted.kind,
          lifted_at: lifted.lifted_at,
        });
      }),
    );

  program
    .command("status")
    .description("may we write to this address, and if not, every reason")
    .argument("<address>", "an email address, a phone number or @domain")
    .option("--topic <id>", "for a topic", anId)
    .option("--campaign <id>", "for a campaign", anId)
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText("after", "\nExample:\n  heed status ada@example.org --json\n")
    .action((address: string, options: Common & { topic?: string; campaign?: string }) =>
      runCommand(options, async ({ heed, workspaceId, print }) =>
        heed.db.inWorkspace(workspaceId, async (tx) => {
          const subject = subjectOf(tx.secrets, address);
          const { key, value } = subject;
          const contactId = subject.channel
            ? await findContactByAddress(tx, subject.channel, key)
            : null;
          if (!contactId) {
            const stops = (await stopsOfSubjects(tx, [key])).filter((stop) => stop.standing);
            print(
              [
                subject.channel ? `No contact has ${value}.` : `The domain ${value}:`,
                ...stops.map(
                  (stop) =>
                    `  ✗ ${stop.kind} since ${stop.made_at.toISOString()}: ${stop.because || stop.cause} (stop ${stop.id})`,
                ),
              ].join("\n"),
              { contact_id: null, channels: [], stops },
            );
            return;
          }
          const statuses = await sendingStatuses(tx, {
            contactId,
            topicId: options.topic ?? null,
            campaignId: options.campaign ?? null,
          });
          const lines = statuses.flatMap((status) => [
            `${status.eligible ? "✓" : "✗"} ${status.channel}`,
            ...status.refusals.map(
              (refusal) =>
                `    ${refusal.code}${refusal.since ? ` since ${refusal.since.toISOString()}` : ""}: ${refusal.because}. Lifted by ${refusal.who_may_lift}: ${refusal.how}.${refusal.stop_id ? ` (stop ${refusal.stop_id})` : ""}`,
            ),
          ]);
          print(lines.join("\n"), { contact_id: contactId, channels: statuses });
        }),
      ),
    );

  program
    .command("journal")
    .description("the stop journal beside the database")
    .command("replay")
    .description(
      "make every journalled stop that the database has forgotten, after restoring a backup",
    )
    .option("--json", "answer as JSON")
    .action((options: Common) =>
      runCommand(options, async ({ heed, print }) => {
        const counts = await replayJournal(heed.db);
        print(
          `${counts.stops} stops and ${counts.lifts} lifts replayed. Restart Heed to send again.`,
          counts,
        );
      }),
    );
}

/** The key that stops on this address or domain are bound to. */
function subjectOf(
  secrets: Secrets,
  text: string,
): { key: string; value: string; channel: Channel | null } {
  if (text.startsWith("@") || text.startsWith("*.")) {
    const { key, domain } = keyOfDomain(secrets, text);
    return { key, value: domain, channel: null };
  }
  const channel: Channel = text.includes("@") ? "email" : "sms";
  return { ...keyOfAddress(secrets, channel, text), channel };
}

function named(who: string, channel: Channel) {
  if (who.startsWith("@") || who.startsWith("*.")) return { domain: who };
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(who))
    return { contactId: who };
  return {
    address: {
      channel: who.includes("@")
        ? ("email" as const)
        : channel === "email"
          ? ("sms" as const)
          : channel,
      value: who,
    },
  };
}
