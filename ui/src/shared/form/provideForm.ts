/** What stands around the rows of a form on its screen: photos, the way to an item, and the way back. */
import { provide, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBackend } from '@/backend'
import { usePhotoDesk, type PhotoView } from '@/shared/components/photo'
import { useBilingual } from '@/shared/format/bilingual'
import { useSession } from '@/shared/state/session'
import type { DeskOptions } from '@/shared/components/photo/desk'
import { FORM } from './context'
import type { FormModel } from './useForm'
import { useMoves, type Moves } from './useMoves'

export interface FormWork {
  moves: Moves
  /** Takes the last answer back, and goes to it. */
  undo: () => Promise<void>
  undoPhoto: (code: string, photo: PhotoView) => void
  /** What the last undo did, for who does not see the screen. */
  said: Readonly<Ref<string>>
}

/**
 * Gives the rows below what they share.
 *
 * @param stamp the lines that are burnt into a photo of an item.
 */
export function provideForm(model: FormModel, stamp: DeskOptions['stamp']): FormWork {
  const { t } = useI18n()
  const say = useBilingual()
  const backend = useBackend()
  const session = useSession()
  const current = ref<string | null>(null)
  const live = ref<string | null>(null)
  const said = ref('')
  const photos = usePhotoDesk({
    backend,
    stamp,
    timeZone: () => session.timeZone.value,
    keep: model.photo,
  })

  async function undo() {
    const step = await model.undo.run()
    if (!step) return
    const item = model.item(step.code ?? '')?.view
    const what = say(step.section, step.sectionEn) ?? say(item?.text, item?.text_en) ?? ''
    said.value = t('form.undone', { what })
    if (step.code) moves.goTo(step.code)
  }
  const moves = useMoves(model, current, live, () => void undo())
  const { goTo, goToGap, goToMeasured } = moves
  provide(FORM, { model, current, live, photos, goTo, goToGap, goToMeasured })
  return { moves, undo, undoPhoto: (code, photo) => void model.undoPhoto(code, photo.blob), said }
}
