/** Whole rows for tests, which say only what they are about. */
import type { AreaRow, FindingRow, InspectionRow, PersonRow } from '@/backend'

export const findingRow = (part: Partial<FindingRow>): FindingRow => ({
  id: 'f',
  area: null,
  area_name: null,
  assignee: null,
  category: null,
  category_zh: null,
  description: null,
  due: null,
  found_at: null,
  found_by: null,
  inspection: null,
  is_open: true,
  is_out_of_service: false,
  is_overdue: false,
  item: null,
  left_min: null,
  overdue_min: null,
  photo_count: 0,
  scope: null,
  severity: null,
  severity_zh: null,
  state: 'assigned',
  state_zh: '待整改',
  ...part,
})

export const inspectionRow = (part: Partial<InspectionRow>): InspectionRow => ({
  id: 'i',
  business_date: null,
  code: null,
  created_by: null,
  late: false,
  mode: null,
  occurred_at: null,
  round: null,
  scope: null,
  stage: 'submitted',
  subject: null,
  subject_name: null,
  template: 'T01@1',
  title: null,
  title_en: null,
  ...part,
})

export const personRow = (part: Partial<PersonRow>): PersonRow => ({
  id: 'p',
  active: true,
  has_pin: false,
  name: null,
  roles: ['cook'],
  version: '1',
  ...part,
})

export const areaRow = (part: Partial<AreaRow>): AreaRow => ({
  id: 'a',
  key_area: false,
  kind: null,
  name: null,
  owner_class: null,
  owner_person: null,
  parent: null,
  scope: null,
  version: '1',
  ...part,
})
