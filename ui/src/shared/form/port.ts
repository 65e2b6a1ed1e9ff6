/** What a form asks of the record at whose place it stands; an inspection gives one port, the visit to a checkpoint another. */
import type { AnswerValue, FormView, PhotoRef } from '@/backend'
import type { FormChange } from './types'

/** What a form shows; the rest of what a port reads is for its own screen. */
export type PlaceForm = Pick<FormView, 'id' | 'version' | 'sections' | 'score' | 'findings'>

/** An item that is written, and what its author has seen of the record by then. */
interface Written {
  item: string
  seen: string
}

/**
 * Reads and writes the form at one place.
 *
 * Each write answers what it changed, with the version that its author has seen now.
 * All of them throw a `CommandError` when they are refused, or when nothing answers.
 */
export interface FormPort<F extends PlaceForm = PlaceForm> {
  read: () => Promise<F>
  /** `sure`: the value is meant, though it can hardly be. */
  answer: (given: Written & { result: AnswerValue | null; sure?: boolean }) => Promise<FormChange>
  note: (given: Written & { note: string }) => Promise<FormChange>
  photo: (given: Written & { photo: PhotoRef }) => Promise<FormChange>
  /** Fills the unanswered items of a section; left out where nothing is filled but by a tap on each. */
  rest?: (given: { section: string; seen: string }) => Promise<FormChange>
  /** Takes back the last answer to an item. */
  undo: (given: Written) => Promise<FormChange>
  /** Takes back all that "the rest is fine" filled in a section. */
  undoRest?: (given: { section: string; seen: string }) => Promise<FormChange>
  /** Takes a photo off an item, by its digest. */
  undoPhoto: (given: Written & { photo: string }) => Promise<FormChange>
  /** Calls when something that the form shows may have changed; gives how to stop that. */
  watch: (changed: () => void) => () => void
}
