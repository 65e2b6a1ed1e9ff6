import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import EnrolCode from './EnrolCode.vue'
import { svgSource } from '@/shared/format/svg'
import ServesChoice from './ServesChoice.vue'
import { countdown, heard, heldBy, holdsOf, sorted, type Device, type Serves } from './devices'

const device = (id: string, changes: Partial<Device> = {}): Device => ({
  id,
  name: id,
  role: 'tablet',
  revoked: false,
  scopes: null,
  holds: ['children', 'gate', 'confidential'],
  enrolled_at: 0,
  last_seen_at: null,
  ...changes,
})
const HOUR = 3_600_000

describe('the tablets', () => {
  it('stand by when they were last heard; the office is none of them', () => {
    const { active, revoked } = sorted([
      device('never'),
      device('old', { last_seen_at: 1 }),
      device('new', { last_seen_at: 2 }),
      device('office', { role: 'office' }),
      device('lost', { revoked: true }),
    ])
    expect(active.map(({ id }) => id)).toEqual(['new', 'old', 'never'])
    expect(revoked.map(({ id }) => id)).toEqual(['lost'])
  })

  it.each([
    [null, 'never'],
    [100 * HOUR - 60_000, 'now'],
    [99 * HOUR, 'lately'],
    [50 * HOUR, 'silent'],
  ])('heard at %s are %s', (last_seen_at, state) => {
    expect(heard({ last_seen_at }, 100 * HOUR)).toBe(state)
  })
})

describe('what a tablet holds', () => {
  it.each<[Serves[], string[]]>([
    [[], ['children', 'gate', 'confidential']],
    [['kitchen', 'patrol', 'store'], []],
    [['class'], ['children']],
    [
      ['office', 'gate'],
      ['children', 'gate', 'confidential'],
    ],
  ])('follows from what it is for: %j', (serves, holds) => {
    expect(holdsOf(serves)).toEqual(holds)
  })

  it('is told before its code is made', async () => {
    const props = { modelValue: ['kitchen'], isBusy: false }
    const { wrapper } = await mountIn(ServesChoice, { backend: fakeBackend({}).backend }, { props })
    expect(wrapper.get('[role=status]').text()).toContain('不存幼儿')
    await wrapper.get('input[value=class]').setValue(true)
    expect(wrapper.emitted('update:modelValue')).toEqual([[['kitchen', 'class']]])
  })

  it('is told in words that are known here alone', () => {
    expect(heldBy({ holds: ['later', 'gate'] })).toEqual(['gate'])
  })
})

describe('the code', () => {
  it.each([
    [24 * HOUR, '24:00:00'],
    [61_500, '01:01'],
    [-5, '00:00'],
  ])('with %i ms left says %s', (ms, text) => {
    expect(countdown(ms)).toBe(text)
  })

  it.each([true, false])('says whether its address leads to this computer alone: %s', async (isOnlyHere) => {
    const code = {
      code: 'ABCDE-FGHJK',
      expires_at: Date.now() + HOUR,
      server: 'http://127.0.0.1:8787',
      is_only_here: isOnlyHere,
      name: '平板 4',
      link: '',
      qr: '<svg></svg>',
    }
    const { wrapper } = await mountIn(EnrolCode, { backend: fakeBackend({}).backend }, { props: { code } })
    expect(wrapper.find('[role=alert]').exists()).toBe(isOnlyHere)
    expect(wrapper.text().includes('--listen 0.0.0.0:8787')).toBe(isOnlyHere)
    expect(wrapper.text()).toContain('平板 4')
  })

  it('is shown as an image, so that its text runs nothing', () => {
    expect(svgSource('<svg onload="x"></svg>')).toBe(
      'data:image/svg+xml;charset=utf-8,%3Csvg%20onload%3D%22x%22%3E%3C%2Fsvg%3E',
    )
  })
})

describe('a tablet that serves something else from now on', () => {
  it('is connected again under its own name', async () => {
    const code = {
      code: 'ABCD',
      expires_at: Date.now() + HOUR,
      server: 'http://192.168.1.20:8787',
      is_only_here: false,
      name: '平板 9',
      link: '',
      qr: '<svg/>',
    }
    const props = { code, of: '大一班平板' }
    const { wrapper } = await mountIn(EnrolCode, { backend: fakeBackend({}).backend }, { props })
    expect(wrapper.text()).toContain('在“大一班平板”上打开“更多”，点“重新接入学校”')
    expect(wrapper.text()).not.toContain('平板 9')
  })
})
