export {
  type AddressProblem,
  type Channel,
  channels,
  type EmailAddress,
  extractEmail,
  isChannel,
  isProblem,
  type PhoneNumber,
  parseDomain,
  parseEmail,
  parsePhone,
} from "./address/index.ts";
export { domainKey, emailKey, type KeySecret, keyPurpose, phoneKey } from "./address/keys.ts";
export {
  actOnContacts,
  atOnceAtMost,
  type DoneAtOnce,
  queueOnContacts,
} from "./bulk/act-on-contacts.ts";
export { doneAtOnceSchema, presentDone } from "./bulk/answer.ts";
export { bulkEdit } from "./bulk/bulk-edit.ts";
export type {
  ContactResult,
  ContactsAct,
  ContactsResult,
  ContactsUndo,
} from "./bulk/contacts-act.ts";
export { contactsJobs, visibleAmong } from "./bulk/contacts-job.ts";
export { type Asker, askerOf, type Holder, holderOf, holdPermission } from "./bulk/holder.ts";
export { bulkContactRoutes, contactJobs } from "./bulk/routes.ts";
export { createContact } from "./create-contact.ts";
export { type AfterAddressChange, editContact } from "./edit-contact.ts";
export { exportContacts } from "./export-contacts.ts";
export {
  type ContactFilter,
  filterSchema,
  type Selection,
  selectionSchema,
} from "./finding/filter.ts";
export { type ContactPage, listContacts } from "./finding/list-contacts.ts";
export { type Sort, searchPatterns, sorts } from "./finding/rules.ts";
export {
  countSelection,
  selectContacts,
  selectContactsAfter,
  selectionAtMost,
  selectionQuery,
} from "./finding/select-contacts.ts";
export { letSearchWait } from "./finding/settle-queries.ts";
export { settleSearch, startSearchSettler } from "./finding/settle-search.ts";
export { contactsMerged, contactsUnmerged, type Merge } from "./merge/happenings.ts";
export { type MergeReceipt, mergeContacts } from "./merge/merge-contacts.ts";
export { movedBy, noteMoved, purgeMerged } from "./merge/merge-queries.ts";
export { mergeRoutes } from "./merge/routes.ts";
export { unmergeContacts } from "./merge/unmerge-contacts.ts";
export {
  type ChannelSummary,
  type ContactParts,
  presentContact,
  presentContacts,
} from "./present.ts";
export {
  contactsWithEmailKey,
  findContact,
  findContactByAddress,
  findHolder,
  type LiveContact,
  setEmailValidity,
} from "./queries.ts";
export {
  type Addresses,
  type GivenAddress,
  keyOfAddress,
  keyOfDomain,
  noAddresses,
  readAddresses,
} from "./read-addresses.ts";
export { noteReply } from "./reply-queries.ts";
export { contactRoutes } from "./routes.ts";
export {
  attributeKey,
  attributesProblem,
  createdAt,
  displayName,
  firstIdAt,
  fold,
  lineProblem,
  searchText,
  sortName,
} from "./rules.ts";
export {
  type Attributes,
  type ContactChanges,
  channelSchema,
  channelSummarySchema,
  contactSchema,
  line,
  type NewContact,
} from "./schemas.ts";
export { noFacts, type Stage, type StageFacts, stageOf, stages } from "./stage.ts";
export { contactTimelineFacts, type TimelineFact } from "./timeline.ts";
export { isVisible, requireVisible, type Viewer } from "./visibility.ts";
