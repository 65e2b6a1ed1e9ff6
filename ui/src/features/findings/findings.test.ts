import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { CommandError, type PhotoView, type StepCode } from '@/backend'
import { asView } from '@/shared/components/photo'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, runIn } from '@/shared/testing/mount'
import { findingRow } from '@/shared/testing/rows'
import NextSteps from './NextSteps.vue'
import RepairSlip from './RepairSlip.vue'
import StepSheet from './StepSheet.vue'
import StepThread from './StepThread.vue'
import { isFilter, questionOf } from './filters'
import { emptyDraft, markOf, missingOf, offeredOf, pairOf, partsOf, waitsForAnother, yuan } from './steps'
import type { Finding, NextStep, StepView } from './steps'
import { useFindingWords } from './useFindingWords'

const next = (part: Partial<NextStep>): NextStep => ({
  step: 's',
  code: 'fix',
  note: 'none',
  photos: 'none',
  assignee: 'none',
  due: 'none',
  cost: 'none',
  ...part,
})
const step = (id: string, code: StepCode, by: string, part: Partial<StepView> = {}): StepView => ({
  id,
  code,
  step: code,
  by: { id: by, name: by },
  auto: false,
  at: 0,
  after: [],
  assignee: null,
  due: null,
  note: null,
  cost: null,
  cost_hidden: false,
  photos: [],
  ...part,
})
const finding = (part: Partial<Finding>): Finding => ({
  ...findingRow({
    state: 'awaiting_recheck',
    found_at: 0,
    found_by: { id: 'wu', name: '吴大勇' },
    assignee: { id: 'zheng', name: '郑海' },
  }),
  assignable: [],
  entry: null,
  offer: null,
  breaches: [],
  extension: 'none',
  has_stopgap: false,
  next_steps: [],
  origin: null,
  patrol: null,
  overruled: [],
  photos: [],
  source: null,
  steps: [],
  version: 'v:1',
  ...part,
})
const photo = (blob: string): PhotoView =>
  asView({ blob, mime: 'image/jpeg', size: 1, source: 'camera', taken_at: 0 })
const nobody = { id: 'p', name: null }

describe('what a step needs', () => {
  it('asks for its parts in the order of the sheet, and tells which must be there', () => {
    const assign = next({ assignee: 'required', due: 'optional', note: 'optional' })
    expect(partsOf(assign)).toEqual([
      { part: 'assignee', isRequired: true },
      { part: 'due', isRequired: false },
      { part: 'note', isRequired: false },
    ])
    expect(missingOf(assign, emptyDraft())).toEqual(['assignee'])
    expect(missingOf(assign, { ...emptyDraft(), assignee: 'p' })).toEqual([])
  })

  it('takes blank words for none', () => {
    expect(missingOf(next({ note: 'required' }), { ...emptyDraft(), note: '  ' })).toEqual(['note'])
  })

  it('refuses a cost that is no number, and takes none', () => {
    const fix = next({ cost: 'optional' })
    expect(missingOf(fix, emptyDraft())).toEqual([])
    expect(missingOf(fix, { ...emptyDraft(), cost: '很多' })).toEqual(['cost'])
  })

  it.each([
    ['46', '46'],
    ['４６．５', '46.5'],
    ['¥1,200.00 元', '1200.00'],
    ['1.234', null],
    ['-3', null],
  ])('reads the cost %j as %j', (typed, value) => expect(yuan(typed)).toBe(value))
})

describe('what stands in sight', () => {
  it('is the way to the close, never the exceptions', () => {
    const steps = (['out_of_service', 'fix', 'defer', 'accept', 'return'] as const).map((code) =>
      next({ code }),
    )
    const { first, rest } = offeredOf(finding({ state: 'returned', next_steps: steps }), 2)
    expect(first.map(({ code }) => code)).toEqual(['fix', 'accept'])
    expect(rest.map(({ code }) => code)).toEqual(['out_of_service', 'defer', 'return'])
    const stop = finding({ next_steps: [next({ code: 'out_of_service' })] })
    expect(offeredOf(stop, 2).first).toEqual([])
  })

  it('is nothing for what is closed: to send it back is an exception, and never the filled button', async () => {
    const closed = finding({ state: 'closed', is_open: false, next_steps: [next({ code: 'return' })] })
    const { wrapper } = await mountIn(
      NextSteps,
      { backend: fakeBackend({}).backend },
      { props: { finding: closed, most: 2 } },
    )
    expect(wrapper.text()).toContain('已经销号，没有要做的了')
    expect(wrapper.text()).not.toContain('退回')
    expect(wrapper.find('.primary').exists()).toBe(false)
    const stopped = { ...closed, next_steps: [next({ code: 'return' }), next({ code: 'restore' })] }
    expect(offeredOf(stopped, 2).onwards?.code).toBe('restore')
  })

  it('offers to close what has lost its cause, with the reason, and closes nothing', async () => {
    const { backend, calls } = fakeBackend({ 'finding.step': { id: 'f' } })
    const lost = finding({
      next_steps: [next({ code: 'assign' }), next({ code: 'void', note: 'required' })],
      offer: { step: 'void', note: '记录已作废', note_en: 'The record is void' },
    })
    const { wrapper } = await mountIn(NextSteps, { backend }, { props: { finding: lost, most: 1 } })
    expect(wrapper.get('.offer').text()).toContain('记录已作废。可以误报作废，由您决定。')
    expect(calls.some(({ name }) => name === 'finding.step')).toBe(false)
  })

  it('fills the button that brings it on, wherever that stands', () => {
    const own = finding({ next_steps: [next({ code: 'return' }), next({ code: 'close' })] })
    expect(offeredOf(own, 2).onwards?.code).toBe('close')
    expect(offeredOf(finding({ next_steps: [next({ code: 'return' })] }), 2).onwards).toBeNull()
  })
})

describe('the thread of a finding', () => {
  it('marks a step that broke a rule or had no effect', () => {
    const own = finding({ breaches: [{ step: 'a', by: nobody, kind: 'rechecked_by_fixer' }] })
    expect(markOf(own, { id: 'a' })).toBe('alert')
    expect(markOf(own, { id: 'b' })).toBe('done')
    expect(markOf(finding({ overruled: [{ step: 'b', why: 'closed' }] }), { id: 'b' })).toBe('alert')
  })

  it('tells plainly what broke a rule, and what is waited for', async () => {
    const shown = finding({
      steps: [step('a', 'fix', '郑海', { note: '换了电池', cost: '46' }), step('b', 'pass', '郑海')],
      breaches: [{ step: 'b', by: nobody, kind: 'rechecked_by_fixer' }],
    })
    const { wrapper } = await mountIn(
      StepThread,
      { backend: fakeBackend({}).backend },
      {
        props: { finding: shown },
      },
    )
    expect(wrapper.text()).toContain('换了电池')
    expect(wrapper.text()).toContain('花费 46 元')
    expect(wrapper.text()).toContain('整改人自己复查了自己的整改')
    expect(wrapper.findAll('li')).toHaveLength(4)
    expect(wrapper.text()).toContain('等待别人复查')
  })

  it('says of a step that was taken that it was', async () => {
    const { wrapper } = await mountIn(
      StepThread,
      { backend: fakeBackend({}).backend },
      { props: { finding: finding({ steps: [step('a', 'assign', '李敏')] }) } },
    )
    expect(wrapper.text()).toContain('已派发')
  })

  it('knows that a repair waits for somebody else', () => {
    const fixed = { steps: [step('a', 'fix', 'zheng')] }
    expect(waitsForAnother(finding(fixed), 'zheng')).toBe(true)
    expect(waitsForAnother(finding(fixed), 'li')).toBe(false)
    expect(waitsForAnother(finding({ ...fixed, state: 'closed' }), 'zheng')).toBe(false)
  })

  it('sets the photos of the report beside those of the last repair that has some', () => {
    const pair = pairOf(
      finding({
        photos: [photo('before')],
        steps: [
          step('a', 'fix', 'z', { photos: [photo('first')] }),
          step('b', 'fix', 'z', { photos: [photo('second')] }),
          step('c', 'fix', 'z'),
        ],
      }),
    )
    expect([pair.before, pair.after].flat().map(({ blob }) => blob)).toEqual(['before', 'second'])
  })
})

describe('the sheet of a step', () => {
  const sheet = async (answer: NonNullable<Answers['finding.step']>) => {
    const { backend, calls } = fakeBackend({ 'finding.step': answer })
    const { wrapper } = await mountIn(
      StepSheet,
      { backend },
      {
        props: {
          finding: finding({ id: `f${Math.random()}`, steps: [step('a', 'fix', 'z')] }),
          step: next({ code: 'return', note: 'required' }),
        },
      },
    )
    return { wrapper, calls }
  }

  it('begins with the reason for which it is offered', async () => {
    const { backend } = fakeBackend({})
    const props = { finding: finding({}), step: next({ code: 'void', note: 'required' }), note: '记录已作废' }
    const { wrapper } = await mountIn(StepSheet, { backend }, { props })
    expect(wrapper.get('textarea').element.value).toBe('记录已作废')
  })

  it('says what is missing instead of sending', async () => {
    const { wrapper, calls } = await sheet({})
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请写一句说明')
    expect(calls.some(({ name }) => name === 'finding.step')).toBe(false)
  })

  it('sends what was seen with what was typed', async () => {
    const { wrapper, calls } = await sheet({ id: 'f' })
    await wrapper.find('textarea').setValue(' 还是松的 ')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(calls.find(({ name }) => name === 'finding.step')?.args).toMatchObject({
      step: 'return',
      note: '还是松的',
      after: ['a'],
    })
    expect(wrapper.emitted('taken')).toHaveLength(1)
  })

  it('wants the photo of a repair, and does not call it a thing to leave out', async () => {
    const { backend } = fakeBackend({})
    const repair = next({ code: 'fix', photos: 'optional', note: 'optional' })
    const { wrapper } = await mountIn(
      StepSheet,
      { backend },
      { props: { finding: finding({ id: 'wanted' }), step: repair } },
    )
    expect(wrapper.text()).toContain('照片（最好有）')
    expect(wrapper.text()).toContain('说明（可不填）')
  })

  it('refuses one’s own re-check in plain words', async () => {
    const { wrapper } = await sheet(() => {
      throw new CommandError('own-recheck', 'no')
    })
    await wrapper.find('textarea').setValue('好')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.find('[role=alert]').text()).toContain('您整改的不能由您自己复查')
  })
})

describe('words for a time', () => {
  it('counts only where something is left to do', async () => {
    const { result: words } = await runIn(() => useFindingWords(), { backend: fakeBackend({}).backend })
    const hour = 3_600_000
    const in_ = (hours: number, part: object) =>
      words.due({ due: Date.now() + hours * hour, is_overdue: false, left_min: 1, ...part })
    expect(in_(3, {})).toEqual({ text: '剩 3 小时', tone: 'soon' })
    expect(in_(-2, { is_overdue: true, left_min: null }).text).toBe('已超 2 小时')
    expect(in_(-2, { left_min: null }).text).toBe('')
    expect(in_(72, {}).tone).toBe('calm')
  })
})

describe('what a finding is about', () => {
  it.each<['zh' | 'en', string]>([
    ['zh', '见照片'],
    ['en', 'See photo'],
  ])('is said in the language of the screen where only a photo speaks: %s', async (language, words) => {
    const { result } = await runIn(() => useFindingWords(), { backend: fakeBackend({}).backend, language })
    expect(result.what({ description: '见照片', description_en: null })).toBe(words)
    expect(result.what({ description: '灯不亮', description_en: null })).toBe('灯不亮')
  })
})

describe('the views of the list', () => {
  it('ask for what they say', () => {
    expect(questionOf('overdue')).toEqual({ overdue: true })
    expect(questionOf('all')).toEqual({})
    expect(questionOf('deferred')).toEqual({ state: 'deferred' })
    expect(isFilter('waiting')).toBe(true)
    expect(isFilter('anything')).toBe(false)
  })
})

describe('the repair slip', () => {
  it('is offered to who gets it, and to nobody else', async () => {
    const slip = { sheet: 'repair/f', title: '报修单', title_en: 'Repair slip' }
    for (const sheets of [[slip], []]) {
      const { backend } = fakeBackend({ 'sheet.list': { sheets } })
      const { wrapper } = await mountIn(RepairSlip, { backend }, { props: { id: 'f' } })
      await flushPromises()
      const links = wrapper.findAll('a').map((link) => link.attributes('href'))
      expect(links).toEqual(sheets.map(() => '/papers/repair/f'))
    }
  })
})
