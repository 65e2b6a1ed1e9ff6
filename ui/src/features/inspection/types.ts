/** The shapes that these screens work with, by the names that an inspection uses. */
import type { InspectionRow } from '@/backend'

export type { CorrectionView as Correction, FormView as Form } from '@/backend'

/** What a list and a form have in common. */
export type Head = Omit<InspectionRow, 'digest'>
