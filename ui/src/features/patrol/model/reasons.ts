/** Reasons that are chosen and not typed: stored in Chinese, like every word of a record, and shown in the screen's language. */
import { useTexts } from '../texts'

export interface Reason {
  key: string
  /** As it is stored. */
  words: string
}

/** Why a point was opened by hand. */
export const HAND_REASONS: readonly Reason[] = [
  { key: 'fallen', words: '标签脱落' },
  { key: 'unreadable', words: '读不出' },
  { key: 'none', words: '无标签' },
]

/** Why a point was not reached. */
export const MISSED_REASONS: readonly Reason[] = [
  { key: 'locked', words: '进不去' },
  { key: 'time', words: '来不及' },
  { key: 'weather', words: '天气' },
  { key: 'closed', words: '停用或封闭' },
  { key: 'called', words: '临时叫走' },
]

/** Why a walk is broken off for a while. */
export const PAUSE_REASONS: readonly Reason[] = [
  { key: 'gate', words: '被叫到门口' },
  { key: 'incident', words: '处理突发情况' },
  { key: 'weather', words: '天气' },
  { key: 'other', words: '临时有事' },
]

/** Gives a stored reason in the screen's language; one that somebody typed as it was typed. */
export function useReasonWords(): (words: string) => string {
  const { t } = useTexts()
  return (words) => {
    const hand = HAND_REASONS.find((reason) => reason.words === words)
    if (hand) return t(`patrol.walk.reason.${hand.key}`)
    const pause = PAUSE_REASONS.find((reason) => reason.words === words)
    if (pause) return t(`patrol.pause.reason.${pause.key}`)
    const missed = MISSED_REASONS.find((reason) => reason.words === words)
    return missed ? t(`patrol.end.reason.${missed.key}`) : words
  }
}
