/** 应到: how many boarders should be at a point, in words for who counts them. */
import { computed } from 'vue'
import { useTexts } from '../texts'
import type { RunPoint } from './contract'

/** Empty where nothing is known of it, or somebody may not count. */
export function useExpected(point: () => RunPoint) {
  const { t } = useTexts()
  return computed(() => {
    const expected = point().boarders?.expected
    return expected ? t('patrol.boarders.expected', { ...expected }) : ''
  })
}
