/** What was begun to be typed for a step: it stands there again when the sheet is opened again. */
import { emptyDraft, type StepDraft } from './steps'

const drafts = new Map<string, StepDraft>()
const keyOf = (finding: string, step: string) => `${finding}/${step}`

export function draftOf(finding: string, step: string): StepDraft {
  const key = keyOf(finding, step)
  const draft = drafts.get(key) ?? emptyDraft()
  drafts.set(key, draft)
  return draft
}

export function dropDraft(finding: string, step: string): void {
  drafts.delete(keyOf(finding, step))
}
