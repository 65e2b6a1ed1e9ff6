/** What the commands of a form answer, as its model takes it in. */
import type { Filled, Form } from '../types'

export const readForm = (answer: Form): Form => answer
export const readFilled = (answer: unknown): Filled => answer as Filled
