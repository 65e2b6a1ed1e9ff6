// Made by `npm run bindings -w ui` from the commands that the Rust side declares; do not edit.

/** Every command that a screen may call, with what it takes and gives. */
export interface Commands {
  /** Tells which version this is, where it keeps its store, and under which licences it is used. */
  'app.about': { arguments: Record<string, never>; answer: About }
  /** Lists the areas of a campus. */
  'area.list': { arguments: {
    /** The `next` of the page before. */ after?: string | null
    /** Only those of this kind, such as `kitchen`. */ kind?: string | null
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: AreaPage }
  /** Adds an area, or changes one. */
  'area.save': { arguments: {
    /** The area; left out for a new one. */ id?: string | null
    /** 重点部位. */ key_area?: boolean | null
    /** What it is: `building`, `floor`, `room`, `class`, `zone`, `kitchen`, `store`, `gate` or `outdoor`. */
    kind?: string | null
    /** Its name. */ name?: string | null
    /** 承包班级; null for none. */ owner_class?: string | null
    /** 包干人; null for none. */ owner_person?: string | null
    /** The area that it is part of; null for none. */ parent?: string | null
    /** The campus of a new area; left out, that of this device. */ scope?: string | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Lists the equipment of a campus, what is out of use as well. */
  'asset.list': { arguments: {
    /** The `next` of the page before. */ after?: string | null
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: AssetPage }
  /** Adds a piece of equipment, changes one, or takes it out of use. */
  'asset.save': { arguments: {
    /** False takes it out of use from today on, true brings it back. */ active?: boolean | null
    /** The area that it stands in; null for none. */ area?: string | null
    /** What it is: `冷藏冷冻`, `紫外线灯` or `其他`. */ category?: string | null
    /** The thing; left out for a new one. */ id?: string | null
    /** Its name. */ name?: string | null
    /** The campus of a new one; left out, that of this device. */ scope?: string | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Lists the campuses, and tells which one this device serves. */
  'campus.list': { arguments: Record<string, never>; answer: Campuses }
  /** Adds a campus with the built-in patrol routes, or changes one. */
  'campus.save': { arguments: {
    /** Whether pupils sleep there. */ boarding?: boolean | null
    /** 自营, 委托承包 or 订餐. */ catering_mode?: string | null
    /** How many eat at a meal on average; of those enrolled who eat elsewhere nobody counts. */ diners?: number | null
    /** The campus; left out for a new one. */ id?: string | null
    /** What sort it is. */ kind?: CampusKind | null
    /** The meals that are served from today on, all of them; one that is left out ended yesterday. Days that are over stay as they were. */
    meals?: ServedMeal[] | null
    /** Its name. */ name?: string | null
    /** How many pupils there are. */ pupils?: number | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** The evenings on which somebody stays for the night, all of them; what is over is kept by its last day. */
    sleeps?: SleepPeriod[] | null
    /** `{"terms": [{"name", "from", "to"}], "holidays": [...], "workdays": ["2026-10-10"]}`, days as `YYYY-MM-DD`. */
    term_calendar?: TermCalendar | null
    /** Its time zone; `Asia/Shanghai` when never set. */ timezone?: string | null
  }; answer: SavedRecord }
  /** Chooses the campus that this device serves. */
  'campus.use': { arguments: {
    /** The campus. */ id: string
  }; answer: Campuses }
  /** Adds a point to a route. */
  'checkpoint.add': { arguments: {
    /** Its place in the walking order, from 1; the last one when left out. */ place?: number | null
    /** What it is: a name at least. */ point: PointInput
    /** The route. */ route: string
  }; answer: SavedRecord }
  /** Changes a point; where it is walked in other windows, another point takes its place. */
  'checkpoint.edit': { arguments: {
    /** The point. */ id: string
    /** What changes of it. */ point: PointInput
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Ends a point: it is walked no more, and what was due before stays as it was. */
  'checkpoint.end': { arguments: {
    /** The point. */ id: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Ends a point that stands for all classes, and puts one for each of them in its place. */
  'checkpoint.per_class': { arguments: {
    /** The point that stands for all classes. */ id: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: WalkingOrder }
  /** Moves a point to another place in the walking order. */
  'checkpoint.move': { arguments: {
    /** The point. */ id: string
    /** Its new place in the walking order, from 1. */ place: number
  }; answer: WalkingOrder }
  /** Tells what time it is by this device, and who vouches for it. */
  'clock.get': { arguments: Record<string, never>; answer: Clock }
  /** Takes the word of whoever was shown the weekday, the date and the minute. */
  'clock.vouch': { arguments: {
    /** What time it is, to the minute, ms since 1970 UTC: what was shown and found right, or what was entered. */
    time: Millis
  }; answer: Clock }
  /** Lists what people saved differently without knowing of each other. */
  'conflict.list': { arguments: {
    /** All conflicts of this record, those that ask nobody included. */ id?: string | null
    /** How many records, 1 to 1,000; 200 when left out. */ limit?: number | null
  }; answer: Conflicts }
  /** Ends a conflict with one of its values, or a new one. */
  'conflict.resolve': { arguments: {
    /** The field. */ field: string
    /** The record. */ id: string
    /** The `version` that `conflict.list` gave: a value that arrived since stays in conflict. Left out, the record as it is when the command is called. */
    seen?: string | null
    /** Whether a measured value is meant though it can hardly be; without it such a value is refused. */ sure?: boolean
    /** The number of the value to take, as `conflict.list` gave it. */ take?: number | null
    /** A value of one's own; null takes the field's value away. For a deletion `keep` or `delete`. */
    value?: AnswerInput | null
  }; answer: SavedRecord }
  /** Tells where the screen stands, and who is signed in. */
  'door.get': { arguments: Record<string, never>; answer: Door }
  /** Keeps what the person who works has begun in a form; never sent. */
  'draft.save': { arguments: {
    /** The changed fields, as they stood when the draft was begun. */ base?: Record<string, unknown>
    /** The version of the form's declaration. */ declared?: number
    /** The form, such as `finding.report`; its part behind a `/`, such as `finding.step/fix`. */ form: string
    /** The record that the form is about; left out for something new. */ record?: string | null
    /** What its author has seen of the record; the save that the draft leads to has seen no more. */
    seen?: string | null
    /** The changed fields, as they are now. */ set: Record<string, unknown>
  }; answer: DraftAt }
  /** Gives back what the person who works has begun in a form. */
  'draft.get': { arguments: {
    /** The form. */ form: string
    /** The record that the form is about; left out for something new. */ record?: string | null
  }; answer: KeptDraft }
  /** Lists what the person who works has begun, newest first. */
  'draft.list': { arguments: Record<string, never>; answer: DraftList }
  /** Removes what the person who works has begun in a form. */
  'draft.discard': { arguments: {
    /** The form. */ form: string
    /** The record that the form is about; left out for something new. */ record?: string | null
  }; answer: DraftAt }
  /** Lists the registers that the person who works has to do with, the most used first. */
  'entry.kinds': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
  }; answer: Registers }
  /** Lists rows of a register, what waits for something first, then by day. */
  'entry.list': { arguments: {
    /** Only rows that are about this: a meter, an asset, a person. */ about?: string | null
    /** The `next` of the page before. */ after?: string | null
    /** The campus; that of this device when left out. */ campus?: string | null
    /** Only rows of this day and later ones, `YYYY-MM-DD`. */ from?: string | null
    /** The register. */ kind: string
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
    /** Only rows that the person who works has made. */ mine?: boolean
    /** Only rows that wait for something, or only those that do not. */ open?: boolean | null
    /** Only rows at this stage. */ stage?: string | null
    /** Only rows that a search for this finds. */ text?: string | null
    /** Only rows of this day and earlier ones, `YYYY-MM-DD`. */ to?: string | null
  }; answer: EntryPage }
  /** Gives a row with its acts, corrections, conflicts and what can be done with it. */
  'entry.get': { arguments: {
    /** The row. */ id: string
  }; answer: EntryView }
  /** Gives everything about a person, or about another record that rows name, as far as it is to be seen; erases a person. */
  'entry.about': { arguments: {
    /** Why somebody is erased. */ basis?: ErasureBasis | null
    /** What is done with it; `show` when left out. */ do?: AboutAction
    /** Whom or what it is about. */ id: string
    /** What an export is for. */ purpose?: string | null
  }; answer: Everything }
  /** Lists the records that a field of a row may name. */
  'entry.pick': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The kind of the records, as the field's `refers` says it. */ kind: string
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
    /** Only those that say the same in the field by which the form narrows them down, as the field's `narrowed_by` names it. */
    of?: Narrowing | null
    /** Only those that a search for this finds. */ text?: string | null
  }; answer: Choices }
  /** Writes a row, or changes one that is not finished; only what differs is written. */
  'entry.save': { arguments: {
    /** The campus of a new row; that of this device when left out. */ campus?: string | null
    /** The row; left out for a new one. */ id?: string | null
    /** The register. */ kind: string
    /** Why it is written late; a row that is late without it is refused. */ late_reason?: string | null
    /** What the form has seen; left out, the row as it is when the command is called. */ seen?: string | null
    /** The fields that differ from what the form was opened with, as people type them; null takes a value away. */
    set: Record<string, FieldInput>
    /** The codes of the warnings to which the person says: it is right so. */ sure?: string[]
  }; answer: SavedEntry }
  /** Does something with a row, such as signing it; what does not count is kept and told. */
  'entry.act': { arguments: {
    /** The act, such as `give`. */ act: string
    /** What `person.vouch` gave: the act is that person's. */ as?: string | null
    /** The row. */ id: string
    /** What the page has seen; left out, the row as it is when the command is called. */ seen?: string | null
    /** What the act asks for, as people type it. */ set?: Record<string, FieldInput>
  }; answer: Acted }
  /** Takes back an act of one's own, on the device that wrote it, within five seconds. */
  'entry.undo': { arguments: {
    /** The act, as `entry.act` named it. */ entry: string
    /** The row. */ id: string
  }; answer: SavedEntry }
  /** Corrects a field of a finished row by a new entry; the original stays readable. */
  'entry.correct': { arguments: {
    /** The field, or one path of it such as `items/钥匙/counted`. */ field: string
    /** The row. */ id: string
    /** Why. */ reason: string
    /** The codes of the warnings to which the person says: it is right so. */ sure?: string[]
    /** What stands there from now on, as people type it; null takes the value away. */ value: FieldInput
  }; answer: EntryView }
  /** Voids a row by a new entry; it stays readable. */
  'entry.void': { arguments: {
    /** The row. */ id: string
    /** Why. */ reason: string
  }; answer: EntryView }
  /** Lifts the voids of a row by a new entry. */
  'entry.restore': { arguments: {
    /** The row. */ id: string
    /** Why. */ reason: string
  }; answer: EntryView }
  /** Strikes an act out by a new entry; it stays readable and counts no more. */
  'entry.strike': { arguments: {
    /** The act, as `entry.get` names it. */ entry: string
    /** The row. */ id: string
    /** Why. */ reason: string
  }; answer: EntryView }
  /** Plans in the office what rows of a file would do, or carries such a plan out, whole or not at all. */
  'entry.import': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** Whether only a plan is made; one of which no line is refused is carried out at once where this is false. */
    dry_run?: boolean
    /** The register that the rows are for. */ kind?: string | null
    /** The plan that is carried out. */ plan?: string | null
    /** The rows, each with its values by their heads; a file goes through the door as its bytes. */
    rows?: (Record<string, ImportCell | null>)[] | null
    /** The lines of the plan that are left out. */ skip?: number[]
  }; answer: Imported }
  /** Takes an import back within seven days, where nobody has written since. */
  'entry.import_undo': { arguments: {
    /** The import. */ import: string
  }; answer: ImportUndone }
  /** Lists in the office what may be imported, and which imports can be taken back. */
  'entry.imports': { arguments: Record<string, never>; answer: Imports }
  /** Lists findings, what is due first first. */
  'finding.list': { arguments: {
    /** The `next` of the page before. */ after?: string | null
    /** Only those of this inspection. */ inspection?: string | null
    /** 1 to 1,000; 200 when left out. A page of overdue ones may be shorter and still have a next. */
    limit?: number | null
    /** Only those that the person who works has to deal with. */ mine?: boolean
    /** Only those whose time is over. */ overdue?: boolean
    /** Only those of this campus. */ scope?: string | null
    /** `open` for all on which something is left to do, or a state such as `awaiting_recheck`; all when left out. */
    state?: FindingsWanted | null
  }; answer: FindingPage }
  /** Gives the findings of a campus by state, with the first of each. */
  'finding.board': { arguments: {
    /** Only those of this campus. */ scope?: string | null
  }; answer: BoardView }
  /** Gives a finding with its steps, breaches and what may be done next. */
  'finding.get': { arguments: {
    /** The finding. */ id: string
  }; answer: FindingView }
  /** Reports a finding that no checklist has found. */
  'finding.report': { arguments: {
    /** Where: the id of an area, or words. */ area?: string | null
    /** The asset it is about. */ asset?: string | null
    /** What it is about; `other` when left out. */ category?: Category | null
    /** 现场已改: it was put right on the spot. */ corrected_on_spot?: boolean
    /** What is wrong. */ description: string
    /** Until when it must be put right, ms since 1970 UTC; by its severity when left out, and never later than that. */
    due?: Millis | null
    /** When it was found, ms since 1970 UTC; now when left out. */ found_at?: Millis | null
    /** The id that the finding gets; a new one when left out. The same report again gives the finding that is there. */
    id?: string | null
    /** The open round on which it was found, at none of its points: it counts for the round, and for its day. */
    patrol_run?: string | null
    /** The photos, twenty at most. */ photos?: PhotoRef[]
    /** The campus; left out, that of this device. */ scope?: string | null
    /** How bad it is; `L2` when left out. */ severity?: Severity | null
    /** Where it comes from, any but `inspection`; `report` when left out. */ source?: FindingSource | null
  }; answer: FindingView }
  /** Takes a step: assigns, accepts, fixes, re-checks, returns, closes and so on. */
  'finding.step': { arguments: {
    /** The steps that the person has seen; all that are here when left out. */ after?: string[] | null
    /** To whom 派发 and 转派 give the finding. */ assignee?: string | null
    /** What it cost, in yuan. */ cost?: TextOrNumber | null
    /** The time that the step sets or asks for, ms since 1970 UTC. */ due?: Millis | null
    /** The finding. */ id: string
    /** What there is to say; 退回, 挂账 and 误报作废 need it. */ note?: string | null
    /** The photos, twenty at most. */ photos?: PhotoRef[]
    /** The step, by its code or its Chinese name: 派发 assign, 接单 accept, 临时措施 stopgap, 停用 out_of_service, 整改完成 fix, 复查通过 pass, 退回 return, 延期申请 request_extension, 延期批准 grant_extension, 挂账 defer, 恢复使用 restore, 销号 close, 误报作废 void, 转派 reassign. */
    step: StepCode
  }; answer: FindingView }
  /** Gives who is inside: children by class, visitors, vehicles, staff on duty, and how old that is; it writes nothing. */
  'gate.inside': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
  }; answer: GateInside }
  /** Gives a day at the door: the classes in numbers, their children with who may fetch them, what is alarming; it writes nothing. */
  'handover.day': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** Only this class; all that the person sees when left out. */ class?: string | null
    /** The day, `YYYY-MM-DD`; today when left out. */ date?: string | null
  }; answer: HandoverDay }
  /** Gives what is alarming and was not answered, of the last seven days and for as long as its finding stands open, the worst first. */
  'handover.alarms': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
  }; answer: HandoverAlarms }
  /** Finds children and who may fetch them by what is typed: a part of a name, its pinyin, its initials or a number. */
  'handover.find': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** What was typed. */ typed: string
  }; answer: HandoverFound }
  /** Writes that children came, or left with an adult, siblings at once; what is alarming is asked about, and kept. */
  'handover.give': { arguments: {
    /** Who leaves with them: a line of the list of one of them; of the others the line of the same adult is taken. */
    adult?: string | null
    /** The guardian who was called: a line of the list of one of them. */ called?: string | null
    /** When, ms since 1970 UTC. */ called_at?: number | null
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The health check of who comes: 绿, 黄 or 红. */ check?: string | null
    /** The children: one, or siblings who go together; 12 at most. */ children: string[]
    /** `arrive` or `leave`. */ direction: HandoverWay
    /** Anything else. */ note?: string | null
    /** Who leaves with them and is not on the list. */ other_adult?: string | null
    /** The telephone number of who is not on the list. */ other_phone?: string | null
    /** The codes of what the person was asked about and says is right, such as `stale` or `alarm/twice`. */
    sure?: string[]
    /** 接送卡, 认识, 证件 or 电话. */ verified?: string | null
  }; answer: HandoverGiven }
  /** Writes the counts of a class from who came: numbers alone, for the kitchen and everybody else. */
  'handover.attendance': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The class. */ class: string
    /** The day, `YYYY-MM-DD`; today when left out. */ date?: string | null
    /** How many eat; those that came when left out. */ diners?: number | null
    /** How many are on leave. */ leave?: number | null
    /** How many are ill. */ sick?: number | null
  }; answer: HandoverCounted }
  /** Starts a checklist on one subject and gives its form. */
  'inspection.start': { arguments: {
    /** The id that the inspection gets; a new one when left out. The same start again gives the form that is there. */
    id?: string | null
    /** Why it is entered afterwards. */ late_reason?: string | null
    /** How it came about; `routine` when left out. */ mode?: InspectionMode
    /** When it happened, ms since 1970 UTC; now when left out. Earlier by more than an hour makes it 补录, which takes a reason. */
    occurred_at?: Millis | null
    /** What the forms of one round share, such as the morning check of thirty people. */ round?: string | null
    /** The campus; left out, that of this device. */ scope?: string | null
    /** What it is about: the id of an area, asset, meal or person, or words where there is no record. */
    subject?: string | null
    /** The checklist: `T01@1`, `T15:D@1` for a daily part, or the id of a template version. */ template: string
  }; answer: FormView }
  /** Joins a joint inspection, whether or not it has arrived here. */
  'inspection.join': { arguments: {
    /** The business day that it counts for, `YYYY-MM-DD`, as the lead's screen shows it. Left out, the day comes with the form of the lead: the clock of who joins says nothing about it. */
    business_date?: string | null
    /** The inspection, as the lead's screen shows it. */ id: string
    /** The campus; left out, that of this device. */ scope?: string | null
    /** What it is about, as the lead's screen shows it. */ subject?: string | null
    /** Its checklist, as the lead's screen shows it. */ template: string
  }; answer: FormView }
  /** Lists inspections, newest first. */
  'inspection.list': { arguments: {
    /** The `next` of the page before. */ after?: string | null
    /** Only those of this business day, `YYYY-MM-DD`. */ day?: string | null
    /** Whether each row tells its `digest`: what is still owed to the form. */ digests?: boolean
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
    /** Only those of this campus. */ scope?: string | null
    /** Only those that stand here; all when left out. */ stage?: Stage | null
    /** Only those on this checklist, such as `T01@1`. */ template?: string | null
  }; answer: InspectionPage }
  /** Gives an inspection as a form, with score, gaps and conflicts. */
  'inspection.get': { arguments: {
    /** The inspection. */ id: string
  }; answer: FormView }
  /** Answers one item; what is not understood is refused and changes nothing. */
  'inspection.answer': { arguments: {
    /** `late` for an answer that is entered afterwards. */ how?: AnswerEntry | null
    /** The inspection. */ id: string
    /** The code of the item, such as `T01.07`. */ item: string
    /** A note to write with it; an empty one takes the note away. */ note?: string | null
    /** The answer by the type of the item: `"pass"`, `"fail"`; points; a reading (`"74.2"`, `"７４，２℃"`) or a list of readings `{"v", "of", "retest"}`; `"07:30"`; an option; text; strokes; asset lines. `"na"` for any type; null for no answer. */
    result?: AnswerInput | null
    /** What the form has seen: its `version`. Left out, the record as it is when the command is called. */
    seen?: string | null
    /** Whether a measured value is meant though it can hardly be, such as 1,000,000 ℃; without it such a value is refused. */
    sure?: boolean
  }; answer: FormChange }
  /** Writes the note of one item. */
  'inspection.note': { arguments: {
    /** The inspection. */ id: string
    /** The code of the item. */ item: string
    /** The note; an empty one takes the note away. */ note: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: FormChange }
  /** Adds a photo to one item. */
  'inspection.photo': { arguments: {
    /** The inspection. */ id: string
    /** The code of the item. */ item: string
    /** The photo; its bytes are kept before. */ photo: PhotoRef
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: FormChange }
  /** Fills the unanswered items of a section with 合格, red lines and measured values left out. */
  'inspection.rest': { arguments: {
    /** The inspection. */ id: string
    /** The heading of the section. */ section: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: FormChange }
  /** Takes back the last answer that this device gave to an item or section, or a photo of an item. */
  'inspection.undo': { arguments: {
    /** The inspection. */ id: string
    /** The code of the item. */ item?: string | null
    /** The SHA-256 of a photo of the item, to take that back instead of the answer. */ photo?: string | null
    /** The heading of the section, to take back all that "rest is fine" filled there. */ section?: string | null
    /** What the form has seen; it grows by the undo alone. Left out, the record as it is when the command is called. */
    seen?: string | null
  }; answer: FormChange }
  /** Writes down that a printer was asked for one form. */
  'inspection.printed': { arguments: {
    /** The inspection. */ id: string
  }; answer: InspectionPrinted }
  /** Submits a complete form, or an incomplete one for a reason. */
  'inspection.submit': { arguments: {
    /** The inspection. */ id: string
    /** Why it is submitted though something is missing; it is kept with the form. Left out, a form with gaps is refused. */
    reason?: string | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** The signature of who submits. */ signature?: Strokes | null
  }; answer: FormView }
  /** Corrects a submitted form by a new entry; the original stays readable. */
  'inspection.correct': { arguments: {
    /** The field that is corrected, such as `answers/T01.07/note` or `subject`. */ field?: string | null
    /** The inspection. */ id: string
    /** The code of the item whose result is corrected. */ item?: string | null
    /** Why. */ reason: string
    /** Whether a measured value is meant though it can hardly be; without it such a value is refused. */ sure?: boolean
    /** What stands there from now on. */ value?: AnswerInput | null
  }; answer: FormView }
  /** Voids an inspection by a new entry; the original stays readable. */
  'inspection.void': { arguments: {
    /** The inspection. */ id: string
    /** Why. */ reason: string
  }; answer: FormView }
  /** Gives how a meal stands: its stages, clocks and problems; it writes nothing. */
  'meal.card': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The day, `YYYY-MM-DD`; today when left out. */ date?: string | null
    /** The campus's second kitchen, or a further one. */ kitchen?: string | null
    /** 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵. */ type: string
  }; answer: MealCard }
  /** Lists the meals of a day, and the samples that may go. */
  'meal.list': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The day, `YYYY-MM-DD`; today when left out. */ date?: string | null
  }; answer: MealList }
  /** Compares the ledgers of some days: each gap with its day, its dish or its person. */
  'meal.ledgers': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day, `YYYY-MM-DD`; with neither day, six days before today. */ from?: string | null
    /** The last day; today when left out. */ to?: string | null
  }; answer: MealLedgers }
  /** Lists the samples of a campus with their clocks: those of the last weeks, and all that are held. */
  'meal.samples': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
  }; answer: KeptSamples }
  /** Gives what classes left on some days, and of which dishes. */
  'meal.leftovers': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day, `YYYY-MM-DD`. */ from: string
    /** The last day; at most 92 days in all. */ to: string
  }; answer: MealLeftovers }
  /** Adds a dish to a meal, or changes one; a new name changes nothing else. */
  'meal.dish': { arguments: {
    /** What children may be allergic to in it. */ allergens?: string[] | null
    /** 主食, 热菜, 汤, 点心, 水果 or 预包装. */ category?: string | null
    /** The dish; left out for a new one. */ dish?: string | null
    /** Whether it is made here. */ made_here?: boolean | null
    /** The meal. */ meal: MealArgument
    /** What it is called; a new name of a dish that is there changes nothing else. */ name?: string | null
  }; answer: MealCard }
  /** Takes a dish off a meal, with a reason; its sample keeps its clock. */
  'meal.strike': { arguments: {
    /** The dish. */ dish: string
    /** The meal. */ meal: MealArgument
    /** Why (换菜登记). */ reason: string
    /** The dish that takes its place, by its name; it is added. */ replaced_by?: string | null
  }; answer: MealCard }
  /** Says that two dishes are one. */
  'meal.same': { arguments: {
    /** The dish. */ dish: string
    /** The meal. */ meal: MealArgument
    /** The dish that it is one with; null takes it back. */ with?: string | null
  }; answer: MealCard }
  /** Keeps when a dish came out of the pot, or to the table. */
  'meal.time': { arguments: {
    /** The dish. */ dish: string
    /** The meal. */ meal: MealArgument
    /** The minutes from the pot to the table, typed in the place of the two times; null takes nothing away. */
    minutes?: number | null
    /** What happens now. */ what?: MealDishMoment | null
  }; answer: MealCard }
  /** Says of which lines of deliveries a dish was made. */
  'meal.link': { arguments: {
    /** The dish. */ dish: string
    /** The lines of deliveries that it was made of. */ lines?: string[]
    /** The meal. */ meal: MealArgument
    /** Those of them that it was not made of after all. */ not?: string[]
  }; answer: MealCard }
  /** Says that a stage is not needed, with a reason, or takes that back. */
  'meal.stage': { arguments: {
    /** The meal. */ meal: MealArgument
    /** Why it is not needed; null takes it back. */ reason?: string | null
    /** The stage, such as `delivery`. */ stage: string
  }; answer: MealCard }
  /** Cancels a meal or moves it; nothing that was written moves. */
  'meal.cancel': { arguments: {
    /** The meal. */ meal: MealArgument
    /** The day that it is moved to, `YYYY-MM-DD`: a meal of its own, to which nothing moves that was written. */
    moved_to?: string | null
    /** Why. */ reason: string
  }; answer: MealCard }
  /** Takes back that a meal was cancelled. */
  'meal.uncancel': { arguments: {
    /** The word that is taken back, as the card names it. */ id: string
    /** The meal. */ meal: MealArgument
  }; answer: MealCard }
  /** Closes a meal by a signature; its samples are disposed of later all the same. */
  'meal.close': { arguments: {
    /** The meal. */ meal: MealArgument
    /** The signature. */ signature: Strokes
  }; answer: MealCard }
  /** Gives the labels of a meal's samples, each with its code as a picture. */
  'meal.labels': { arguments: {
    /** The meal. */ meal: MealArgument
    /** One of its samples; all of them when left out. */ sample?: string | null
  }; answer: MealLabels }
  /** Gives the clock of the sample whose label or short code was read. */
  'meal.scan': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** What was read: the text of a label, or the four signs of a short code. */ code: string
  }; answer: MealScan }
  /** Disposes of a sample by its id or label; one that is too early is asked about and kept. */
  'meal.dispose': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** What was read: the text of its label, or its short code. */ label?: string | null
    /** Anything else. */ note?: string | null
    /** 到期, 送检 or 变质; 到期 when left out. */ reason?: string | null
    /** The receipt of one that goes to be tested. */ receipt?: string | null
    /** Who received it, of one that goes to be tested. */ receiver?: string | null
    /** The sample; left out where its label was read. */ sample?: string | null
    /** `early` of one that is too early, and is gone all the same; `hold` of one that is sealed. */ sure?: string[]
    /** Where it went. */ way: string
  }; answer: MealDisposed }
  /** Gives of which lines a dish was made, and which dishes and classes had of a line. */
  'meal.trace': { arguments: {
    /** One dish of it. */ dish?: string | null
    /** The line of a delivery. */ line?: string | null
    /** Several lines, such as those of a batch or of a supplier. */ lines?: string[]
    /** The meal, of which all dishes are traced. */ meal?: MealArgument | null
  }; answer: MealTrace }
  /** Gives the menu of a week. */
  'menu.get': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** A day of the week, `YYYY-MM-DD`; today when left out. */ day?: string | null
  }; answer: MenuWeek }
  /** Gives dishes that were planned before, by a part of the name or its pinyin. */
  'menu.known': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** What was typed: a part of the name, its pinyin or its initials; all of them when left out. */
    typed?: string | null
  }; answer: MenuKnown }
  /** Plans the dishes of meals of a week; food that is banned is refused. */
  'menu.save': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** A day of the week, `YYYY-MM-DD`. */ day: string
    /** The meals that are planned anew; others stay as they are. */ meals: PlannedMeal[]
    /** What the form has seen; left out, the menu as it is when the command is called. */ seen?: string | null
  }; answer: MenuWeek }
  /** Tells what this device holds of a printed page by its code; what it does not hold is unknown, never forged. */
  'paper.check': { arguments: {
    /** The code of the page, as it was scanned or typed. */ code: string
  }; answer: PaperChecked }
  /** Lists the windows of a day, and what of each is covered. */
  'patrol.due': { arguments: {
    /** The business day, `YYYY-MM-DD`; left out, today, with what of last night can still be walked. */
    day?: string | null
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: PatrolDue }
  /** Begins a run, or gives the one that is open here for the same window. */
  'patrol.start': { arguments: {
    /** The business day, `YYYY-MM-DD`; left out, today, and for a night window the night that is open, just over or next. */
    day?: string | null
    /** Why it is entered afterwards (补录). */ late_reason?: string | null
    /** The route. */ route: string
    /** The first run of a walk that this one goes along with. */ walk?: string | null
    /** The window; the one that is open when left out, and outside of all of them a walk of its own (临时). */
    window?: string | null
  }; answer: PatrolStarted }
  /** Keeps that somebody stands at a point, or has read a tag. */
  'patrol.arrive': { arguments: {
    /** The point; either this or `tag`. */ checkpoint?: string | null
    /** How the point was told. */ how: PatrolHow
    /** The run. */ run: string
    /** What the screen has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** What was read. */ tag?: string | null
  }; answer: PatrolArrived }
  /** Keeps how it is at a point; 正常 answers no item. */
  'patrol.visit': { arguments: {
    /** The point; either this or `tag`. */ checkpoint?: string | null
    /** How the point was told; where somebody has arrived there before, as it was told then. */ how: PatrolHow
    /** What was seen, where no item says it. */ note?: string | null
    /** What was photographed at the point, twenty at most. */ photos?: PhotoRef[]
    /** Why no tag was read. */ reason?: string | null
    /** What was found. */ result: PatrolResult
    /** The run. */ run: string
    /** What the screen has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** The open findings of the point that are still there (仍在). */ still?: string[]
    /** What was read. */ tag?: string | null
  }; answer: PatrolVisited }
  /** Takes a visit back. */
  'patrol.undo': { arguments: {
    /** The run. */ run: string
    /** What the screen has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** The visit; the last one of the person who works when left out. */ visit?: string | null
  }; answer: PatrolUndone }
  /** Says which point an unknown tag was read at. */
  'patrol.claim': { arguments: {
    /** The point at which it was read. */ checkpoint: string
    /** The run. */ run: string
    /** The scan. */ scan: string
  }; answer: PatrolArrived }
  /** Finishes a run, says why points were missed, and signs for one's own part. */
  'patrol.finish': { arguments: {
    /** Why points were not visited. */ missed?: PatrolMissedGiven[]
    /** The run. */ run: string
    /** What the screen has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** The signature of who finishes, under their own visits. */ signature?: Strokes | null
  }; answer: PatrolFinished }
  /** Signs for a run: for one's own visits, or as the second for those of others; no signature takes the place of another. */
  'patrol.sign': { arguments: {
    /** What `person.vouch` gave for the act `sign` on this run: the signature is that person's. */ as?: string | null
    /** The run. */ run: string
    /** The `saw` of the run as it was shown; left out, the run as it is when the command is called. */
    saw?: string | null
    /** The signature. */ signature: Strokes
  }; answer: PatrolSigned }
  /** Gives the code by which a colleague's tablet takes part in a walk. */
  'patrol.invite': { arguments: {
    /** The run. */ run: string
  }; answer: PatrolInvitation }
  /** Takes part in a walk by the code on a colleague's screen, without a network. */
  'patrol.join': { arguments: {
    /** What was read from the screen of a colleague. */ code: string
  }; answer: PatrolJoined }
  /** Breaks a run off for a while, with a reason. */
  'patrol.pause': { arguments: {
    /** Why, such as 被叫到门口. */ reason: string
    /** The run. */ run: string
    /** What the screen has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: PatrolRun }
  /** Goes on with a run that was broken off. */
  'patrol.resume': { arguments: {
    /** The run. */ run: string
    /** What the screen has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: PatrolRun }
  /** Gives what somebody should know before the first point of a run. */
  'patrol.before': { arguments: {
    /** The run. */ run: string
  }; answer: PatrolBefore }
  /** Gives a run as it stands. */
  'patrol.get': { arguments: {
    /** The run. */ run: string
  }; answer: PatrolRun }
  /** Gives what was covered, by day and window. */
  'patrol.coverage': { arguments: {
    /** The first business day, `YYYY-MM-DD`. */ from: string
    /** Only this route. */ route?: string | null
    /** The campus; left out, that of this device. */ scope?: string | null
    /** The last one; at most 366 days. */ to: string
  }; answer: PatrolCoverage }
  /** Gives one day: each window with its walks, and the key areas. */
  'patrol.board': { arguments: {
    /** The business day, `YYYY-MM-DD`; left out, today. */ day?: string | null
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: PatrolBoard }
  /** Lists what of some days may be looked at: all of it for the head, one's own for others. */
  'patrol.signals': { arguments: {
    /** The first business day, `YYYY-MM-DD`. */ from: string
    /** The campus; left out, that of this device. */ scope?: string | null
    /** The last one; at most 31 days. */ to: string
  }; answer: PatrolSignals }
  /** Makes a finding of what was missed in a window; it is there once. */
  'patrol.gap': { arguments: {
    /** The business day, `YYYY-MM-DD`. */ day: string
    /** The route. */ route: string
    /** The window. */ window: string
  }; answer: FindingView }
  /** Gives the items of a point of a run as a form. */
  'patrol.point': { arguments: {
    /** The point. */ checkpoint: string
    /** The run. */ run: string
  }; answer: PatrolForm }
  /** Answers one item at a point. */
  'patrol.answer': { arguments: {
    /** The point. */ checkpoint: string
    /** The code of the item. */ item: string
    /** A note to write with it. */ note?: string | null
    /** The answer, by the type of the item; null takes it away. */ result?: AnswerInput | null
    /** The run. */ run: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** Whether a measured value is meant though it can hardly be; without it such a value is refused. */ sure?: boolean
  }; answer: FormChange }
  /** Writes the note of one item at a point. */
  'patrol.note': { arguments: {
    /** The point. */ checkpoint: string
    /** The code of the item. */ item: string
    /** The note; an empty one takes the note away. */ note: string
    /** The run. */ run: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: FormChange }
  /** Adds a photo to one item at a point. */
  'patrol.photo': { arguments: {
    /** The point. */ checkpoint: string
    /** The code of the item. */ item: string
    /** The photo; its bytes are kept before. */ photo: PhotoRef
    /** The run. */ run: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: FormChange }
  /** Takes back the last answer to an item at a point, or a photo of it. */
  'patrol.take_back': { arguments: {
    /** The point. */ checkpoint: string
    /** The code of the item. */ item: string
    /** The SHA-256 of a photo of the item, to take that back instead of the answer. */ photo?: string | null
    /** The run. */ run: string
    /** What the form has seen; it grows by the undo alone. Left out, the record as it is when the command is called. */
    seen?: string | null
  }; answer: FormChange }
  /** Says that what fails at a point is another one than what is open there. */
  'patrol.another': { arguments: {
    /** The point. */ checkpoint: string
    /** The code of the item that fails. */ item: string
    /** The run. */ run: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: PatrolForm }
  /** Puts what a run found right on the spot, with a photo. */
  'patrol.fixed': { arguments: {
    /** The finding. */ finding: string
    /** How it looks now, one photo at least. */ photos: PhotoRef[]
  }; answer: FindingView }
  /** Corrects for which day or window a run counts, or one visit; the original stays readable. */
  'patrol.correct': { arguments: {
    /** `business_date`, `window`, or `visits/<checkpoint>/v/<visit>`. */ field: string
    /** Why. */ reason: string
    /** The run. */ run: string
    /** The business day, `YYYY-MM-DD`; the window, null for a walk outside of all windows; or of a visit `normal`, `abnormal`, and null where it does not count. */
    value?: string | null
  }; answer: PatrolRun }
  /** Voids a run by a new entry; the original stays readable. */
  'patrol.void': { arguments: {
    /** Why. */ reason: string
    /** The run. */ run: string
  }; answer: PatrolRun }
  /** Lists people with the roles that they have on a campus today. */
  'person.list': { arguments: {
    /** The `next` of the page before. */ after?: string | null
    /** Also those who are no longer active. */ inactive?: boolean
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
    /** The campus whose roles are shown; left out, that of this device. */ scope?: string | null
  }; answer: PersonPage }
  /** Gives a person with every role that was given, for how long, and where. */
  'person.get': { arguments: {
    /** The person. */ id: string
  }; answer: PersonView }
  /** Adds a person with roles and a starting PIN, all or nothing. */
  'person.add': { arguments: {
    /** The campus; left out, every campus, which takes a role that is for every campus itself. */
    campus?: string | null
    /** The id of the new person, so that what is sent twice adds one; a new one when left out. */ id?: string | null
    /** The name. */ name: string
    /** The phone number; null or left out for none. */ phone?: string | null
    /** The starting PIN, 4 to 8 digits; one at random when left out. */ pin?: string | null
    /** The roles, one at least. */ roles: Role[]
  }; answer: PersonAdded }
  /** Adds a person, or changes one. */
  'person.save': { arguments: {
    /** Whether the person works here; a new one does. */ active?: boolean | null
    /** 入职查询: the day of the query before the person began, `YYYY-MM-DD`; null for none. Of its answer nothing is kept. */
    entry_query_on?: string | null
    /** The person; left out for a new one. */ id?: string | null
    /** The last four characters of the identity number; no more is ever kept. */ id_last4?: string | null
    /** The name. */ name?: string | null
    /** The phone number; null for none. */ phone?: string | null
    /** The day of the newest yearly query of criminal records; null for none. */ record_query_on?: string | null
    /** The campus of a new person; left out, every campus reads of them, which takes a role for every campus. */
    scope?: string | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Gives a person a role on a campus, or changes how long it lasts. */
  'person.grant': { arguments: {
    /** The campus; left out, every campus, which takes a role that is for every campus itself. */
    campus?: string | null
    /** The grant; left out for a new one. */ id?: string | null
    /** The person. */ person?: string | null
    /** The areas that it is for, such as the class of a teacher; none for all of the campus, but for a teacher, a carer and a dorm keeper, who then see no place's rows but those of the areas that they own. */
    places?: string[] | null
    /** The role. */ role?: Role | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** 代班: whom the person stands in for. */ substitute_for?: string | null
    /** The first day, `YYYY-MM-DD`; null for no first one. */ valid_from?: string | null
    /** The last day, `YYYY-MM-DD`, null for no last one; a day in the past takes the role away. */
    valid_to?: string | null
  }; answer: SavedRecord }
  /** Tells who works on this device, and what they may do. */
  'person.current': { arguments: Record<string, never>; answer: Worker }
  /** Switches this device to another person, or to nobody. */
  'person.switch': { arguments: {
    /** The person; null or left out for nobody. */ person?: string | null
    /** The PIN, where the person has one. */ pin?: string | null
  }; answer: Worker }
  /** Takes the PIN of a second signer for one act on one row, without a switch; it holds for two minutes and once. */
  'person.vouch': { arguments: {
    /** The act, such as `take`. */ act: string
    /** Who signs as the second. */ person: string
    /** Their PIN; left out for somebody who has none, whose signature then reads as unproved. */ pin?: string | null
    /** The row that is signed. */ record: string
    /** The `saw` of the row as it was shown to them. */ saw: string
  }; answer: VoucherGiven }
  /** Sets a person's PIN. */
  'pin.set': { arguments: {
    /** The PIN before. Needed when there is one, unless a head, logistics head or administrator sets it. */
    old?: string | null
    /** The person. */ person: string
    /** The new PIN: 4 to 8 digits. */ pin: string
  }; answer: PinSet }
  /** Gives a person a starting PIN; at the first use the person sets one of their own. */
  'pin.reset': { arguments: {
    /** The person. */ person: string
    /** The starting PIN, 4 to 8 digits; one at random when left out. */ pin?: string | null
  }; answer: PinReset }
  /** Tells whether a PIN is right; wrong tries make the next ones wait. */
  'pin.check': { arguments: {
    /** The person. */ person: string
    /** What was typed. */ pin: string
  }; answer: PinChecked }
  /** Lists the patrol routes of a campus, and the built-in ones that it has not taken over. */
  'route.list': { arguments: {
    /** Also those that have ended. */ ended?: boolean
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: RouteList }
  /** Gives a route with its points and their tags. */
  'route.get': { arguments: {
    /** The route. */ id: string
  }; answer: RouteView }
  /** Lists the items that a point may bear. */
  'route.items': { arguments: {
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: RouteItems }
  /** Adds a route, or changes its head. */
  'route.save': { arguments: {
    /** Whether it counts as the daily fire patrol: its points must bear all seven items of that. */
    fire?: boolean | null
    /** The route; left out for a new one. */ id?: string | null
    /** What it is called. */ name?: string | null
    /** The same in English; null for none. */ name_en?: string | null
    /** Whether it is walked at night; said once, when it is new. */ night?: boolean | null
    /** Whether each visit asks for a photo. */ photo?: boolean | null
    /** The campus of a new route; left out, that of this device. */ scope?: string | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Ends a route: it is walked no more, and what was due before stays as it was. */
  'route.end': { arguments: {
    /** The route. */ id: string
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
  }; answer: SavedRecord }
  /** Adds a window to a route, or ends one and puts another in its place. */
  'route.save_window': { arguments: {
    /** `every` day, `school` days, or days on which school is `closed`; `every` when left out. */ days?: string | null
    /** When it begins, `HH:MM`. */ from: string
    /** What it is called. */ name: string
    /** The same in English. */ name_en?: string | null
    /** The route. */ route: string
    /** What the form has seen of the route; left out, the record as it is when the command is called. */
    seen?: string | null
    /** When it ends, `HH:MM`; not later than `from` when it runs over midnight. */ to: string
    /** The window whose place the new one takes; left out for one more. */ window?: string | null
  }; answer: SavedWindow }
  /** Ends a window of a route. */
  'route.end_window': { arguments: {
    /** The route. */ route: string
    /** What the form has seen of the route; left out, the record as it is when the command is called. */
    seen?: string | null
    /** The window. */ window: string
  }; answer: SavedWindow }
  /** Makes built-in routes those of a campus. */
  'route.adopt': { arguments: {
    /** The codes, such as `S-DAY`; left out, all for this sort of campus. */ codes?: string[] | null
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: Adopted }
  /** Finds records by Chinese words, their pinyin or its initials, Latin words or numbers. */
  'search.find': { arguments: {
    /** Only records of these kinds. */ kinds?: string[]
    /** 1 to 100; 20 when left out. */ limit?: number | null
    /** What was typed so far. */ query: string
  }; answer: Hits }
  /** Lists every setting with its value, its default and the rule behind it. */
  'setting.list': { arguments: {
    /** The campus; left out, that of this device. */ campus?: string | null
    /** The day whose values are asked for, `YYYY-MM-DD`; left out, today. */ day?: string | null
  }; answer: SettingList }
  /** Changes a setting of a campus; what is laxer than the rule is refused. */
  'setting.set': { arguments: {
    /** The ids of the values from the same day that the form showed, and which this one takes the place of; left out, those that are here. */
    after?: string[] | null
    /** The campus; left out, that of this device. */ campus?: string | null
    /** The key. */ key: string
    /** The region whose rule it is. */ region?: string | null
    /** What the form has seen; left out, the record as it is when the command is called. */ seen?: string | null
    /** Where it comes from, in words: a rule and its number. */ source?: string | null
    /** The first day on which it holds, `YYYY-MM-DD`; today when left out, and never before today. */
    valid_from?: string | null
    /** The last day on which it holds; left out, until a later value begins. */ valid_to?: string | null
    /** The value; null goes back to the default. */ value?: SettingInput | null
  }; answer: SettingList }
  /** Lists the papers that the person who works gets, each whole or not at all. */
  'sheet.list': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** Only this paper, such as `repair/` and the id of a finding: the slip of one finding stands in no list. */
    sheet?: string | null
  }; answer: SheetList }
  /** Gives a paper of some days, with what is missing and what was corrected. */
  'sheet.get': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in. */
    from?: string | null
    /** The language that it is written in; Chinese when left out. */ language?: PaperLanguage
    /** The paper, as `sheet.list` names it. */ sheet: string
    /** The last day. */ to?: string | null
    /** Only the rows of this area. */ where?: string | null
  }; answer: SheetView }
  /** Lists the files that are being made for the person who works. */
  'sheet.exports': { arguments: Record<string, never>; answer: SheetExports }
  /** Stops a file that is being made, or forgets one that waits to be fetched. */
  'sheet.stop': { arguments: {
    /** The file. */ export: string
  }; answer: SheetExports }
  /** Gives the paper of a day as a text for a chat, and writes down that it leaves. */
  'sheet.text': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in. */
    from?: string | null
    /** The language that it is written in; Chinese when left out. */ language?: PaperLanguage
    /** The paper, as `sheet.list` names it. */ sheet: string
    /** The last day. */ to?: string | null
    /** Only the rows of this area. */ where?: string | null
  }; answer: SheetText }
  /** Writes down that a printer was asked for a paper of some days. */
  'sheet.printed': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in. */
    from?: string | null
    /** The language that it is written in; Chinese when left out. */ language?: PaperLanguage
    /** The paper, as `sheet.list` names it. */ sheet: string
    /** The last day. */ to?: string | null
    /** Only the rows of this area. */ where?: string | null
  }; answer: SheetPrinted }
  /** Writes down that a printer was asked for the list of a register. */
  'sheet.list_printed': { arguments: {
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day that the list was asked for, `YYYY-MM-DD`. */ from?: string | null
    /** The register. */ kind: string
    /** How many of its rows stand on the page. */ rows: number
    /** The last day. */ to?: string | null
  }; answer: SheetPrinted }
  /** Signs a paper of some days as it stands; the page is kept as it was signed. */
  'sheet.sign': { arguments: {
    /** What `person.vouch` gave for the act `sign` on this paper: the signature is that person's. */ as?: string | null
    /** The campus; that of this device when left out. */ campus?: string | null
    /** The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in. */
    from?: string | null
    /** The language that it is signed in; Chinese when left out. */ language?: PaperLanguage
    /** The `saw` of the page as it was shown; left out, the page as it is when the command is called. */
    saw?: string | null
    /** The paper, as `sheet.list` names it. */ sheet: string
    /** The signature. */ strokes: Strokes
    /** The last day. */ to?: string | null
    /** Only the rows of this area. */ where?: string | null
  }; answer: PaperSigned }
  /** Tells what was sent and received, and what waits, without the network. */
  'sync.status': { arguments: Record<string, never>; answer: SyncStatus }
  /** Lists what waits to be sent, oldest first. */
  'sync.queue': { arguments: {
    /** 1 to 1,000; 200 when left out. */ limit?: number | null
  }; answer: Queue }
  /** Gives every rejected record another try with the next exchange. */
  'sync.retry': { arguments: Record<string, never>; answer: Queue }
  /** Takes back a change of one's own that the server has refused. */
  'sync.discard': { arguments: {
    /** The record, as the queue names it. */ id: string
  }; answer: Queue }
  /** Starts an exchange with the server at once, and does not wait for it. */
  'sync.now': { arguments: Record<string, never>; answer: SyncStatus }
  /** Enrols this device with a server by a code. */
  'sync.enrol': { arguments: {
    /** The code that the office gave, typed in whatever way, or the whole link `http://…/#/enrol?code=…`. */
    code: string
    /** What people call this device; 平板 when left out. */ device_name?: string | null
    /** The address of the server, such as `http://192.168.1.20:8080`; may be left out when `code` is the whole link. */
    server?: string | null
  }; answer: Enrolled }
  /** Lists the tags of a campus, of a route or of a point. */
  'tag.list': { arguments: {
    /** Only those of this point. */ checkpoint?: string | null
    /** Only those of the points of this route. */ route?: string | null
    /** The campus; left out, that of this device. */ scope?: string | null
  }; answer: TagList }
  /** Says which point a tag means. */
  'tag.resolve': { arguments: {
    /** The campus; left out, that of this device. */ scope?: string | null
    /** What was read or typed. */ tag: string
  }; answer: Resolved }
  /** Gives a tag to a point, or one more spelling to a tag. */
  'tag.bind': { arguments: {
    /** Whether it may be taken from another point, or used again after it was put aside. */ again?: boolean
    /** The point. */ checkpoint: string
    /** The tag of which this is one more spelling, as another reader gives it; left out for a tag of its own. */
    spells?: string | null
    /** What was read or typed. */ tag: string
  }; answer: SavedRecord }
  /** Puts a new tag in the place of one that was lost or torn. */
  'tag.replace': { arguments: {
    /** The tag that was lost or torn. */ old: string
    /** What was read or typed of the new one. */ tag: string
  }; answer: SavedRecord }
  /** Says that a tag is no longer used. */
  'tag.retire': { arguments: {
    /** The tag. */ id: string
  }; answer: SavedRecord }
  /** Makes labels for points that have none. */
  'tag.make': { arguments: {
    /** Whether a point that has a label gets another one, and the old one says from then on that it is old. */
    again?: boolean
    /** The points; left out, all that have no label. */ checkpoints?: string[] | null
    /** The route. */ route: string
  }; answer: LabelSheet }
  /** Gives the labels of a route to be printed. */
  'tag.labels': { arguments: {
    /** The route. */ route: string
  }; answer: LabelSheet }
  /** Lists the checklists for a campus. */
  'template.list': { arguments: {
    /** Also those for the other kind of campus. */ all?: boolean
    /** The campus; left out, that of this device. */ campus?: string | null
  }; answer: Templates }
  /** Gives a checklist with the limits that hold on a campus. */
  'template.get': { arguments: {
    /** The campus whose limits hold; left out, that of this device. */ campus?: string | null
    /** The checklist, such as `T01@1`. */ template: string
  }; answer: TemplateView }
  /** Gives what is left to do on a campus today, with conflicts and queue. */
  'today.get': { arguments: {
    /** The campus; left out, that of this device. */ campus?: string | null
    /** Plans the day of the whole campus, whoever works, as far as the person sees it. */ everybody?: boolean
  }; answer: Today }
  /** Lists who may sign in. */
  'account.list': { arguments: Record<string, never>; answer: Accounts }
  /** Makes an account with a password that is shown once. */
  'account.add': { arguments: {
    /** The name to sign in with: 1 to 64 printable characters without spaces and commas. */ name: string
    /** The person that it acts as; left out, its owner says who they are at the first log-in. */ person?: string | null
    /** What it may administer, and the roles of the person that begins with it. */ roles: Role[]
  }; answer: Password }
  /** Gives an account a new password that is shown once, to be changed at the next log-in, and ends its sessions. */
  'account.reset': { arguments: {
    /** The name of the account. */ name: string
  }; answer: Password }
  /** Takes an account away, and ends its sessions; what its owner did keeps their name. */
  'account.remove': { arguments: {
    /** The name of the account; neither one's own, nor the last that looks after accounts. */ name: string
  }; answer: Accounts }
  /** Changes one's own password, and ends every other session. */
  'account.password': { arguments: {
    /** The password from now on: 8 to 200 characters. */ new: string
    /** The password until now. */ old: string
  }; answer: Changed }
  /** Ends the session. */
  'door.sign_out': { arguments: Record<string, never>; answer: Door }
  /** Says who the owner of an account is, and sets up the school where it is new. */
  'door.begin': { arguments: {
    /** `school` or `kindergarten`; left out, what the organisation is. */ campus_kind?: string | null
    /** The name of the campus; looked at only where there is none yet. */ campus_name?: string | null
    /** The password from now on. */ password: string
    /** The name of the person whom the account belongs to. */ person_name: string
  }; answer: Door }
  /** Chooses a password of one's own in the place of one that somebody else has set. */
  'door.password': { arguments: {
    /** The password from now on: 8 to 200 characters, and another one than until now. */ password: string
  }; answer: Door }
  /** Begins a session with the name and password of an account. */
  'door.sign_in': { arguments: {
    /** The name of the account. */ name: string
    /** The organisation; may be left out unless several have an account of this name. */ organisation?: string | null
    /** Its password. */ password: string
  }; answer: Door }
  /** Makes a code that enrols one tablet, as text, link and QR code. */
  'office.enrol_code': { arguments: {
    /** The one campus that the tablet is for; left out, all of them. */ campus?: string | null
    /** How many hours the code works, 1 to 720; 24 when left out. */ expires_h?: number | null
    /** What the tablet serves: any of `gate`, `class`, `kitchen`, `patrol`, `store`, `office`; it holds the compartments that the work needs, and no other. Left out, nothing narrows it. */
    serves?: string[]
  }; answer: Code }
  /** Lists the devices that were enrolled, oldest first. */
  'office.devices': { arguments: Record<string, never>; answer: Devices }
  /** Takes a device's access away, from its next request on. */
  'office.revoke': { arguments: {
    /** The device. */ device: string
  }; answer: Devices }
  /** Lists every change of one record in plain words, oldest first. */
  'office.history': { arguments: {
    /** The `next` of the page before. */ after?: number | null
    /** The record. */ id: string
    /** How many changes, 1 to 1,000; 200 when left out. */ limit?: number | null
  }; answer: History }
}

/** What is done with everything about somebody. */
export type AboutAction = 'show' | 'export' | 'erase'
/** What became of an act. */
export type ActOutcome = 'applied' | 'not_counted' | 'struck' | 'unknown'
/** How an answer came about. */
export type AnswerEntry = 'late'
/** How an answer came about. */
export type AnswerHow = '' | 'batch' | 'late'
/** An answer as it is given: what [`AnswerValue`] holds, a reading alone, and digits as people type them. */
export type AnswerInput = string | number | ReadingInput | ReadingInput[] | SignatureValue | SignatureValue[] | Strokes | AssetLineValue[]
/** How an item is answered. */
export type AnswerKind = 'pass_fail' | 'score' | 'number' | 'temperature' | 'time' | 'choice' | 'text' | 'signature' | 'assets'
/** A stored answer by the type of its item: `"pass"`, `"fail"`; points; readings; `"07:30"`; an option; a text; signatures; asset lines; and `"na"` for any type. Of an item whose `status` is `ill_typed` it is whatever another program wrote. */
export type AnswerValue = string | number | ReadingValue[] | SignatureValue | SignatureValue[] | Strokes | AssetLineValue[]
/** What the badge says. */
export type Badge = 'synced' | 'sending' | 'offline' | 'attention'
/** Why the badge says so. */
export type BadgeReason = 'unsent' | 'unsent-photos' | 'unread' | 'not-enrolled' | 'unreachable' | 'road-answer' | 'road-limit' | 'road-garbles' | 'server-trouble' | 'unauthorised' | 'device-revoked' | 'forbidden' | 'identity' | 'rejected' | 'damaged-photos' | 'disk-full' | 'store' | 'bad-address' | 'stuck'
/** Which rule a step broke. */
export type BreachKind = 'rechecked_by_fixer' | 'self_closed_without_photo' | 'closed_without_fix' | 'granted_own_extension' | 'not_allowed' | 'unknown_step'
/** How often a form is due. */
export type Cadence = 'daily' | 'weekly' | 'monthly' | 'twice_a_term' | 'each_meal' | 'each_snack' | 'each_batch' | 'each_delivery' | 'each_shift' | 'each_run' | 'random'
/** What sort of campus something is for. */
export type CampusKind = 'school' | 'kindergarten'
/** What a finding is about. */
export type Category = 'fire' | 'electric' | 'water' | 'structure' | 'food' | 'hygiene' | 'security' | 'equipment' | 'asset' | 'green' | 'other'
/** Where a child is. */
export type ChildState = 'not_seen' | 'here' | 'gone'
/** Who vouches for a time. */
export type ClockState = 'server' | 'person' | 'none'
/** 维修, 更换, 报废 or 赔偿. */
export type DamageAction = '维修' | '更换' | '报废' | '赔偿'
/** 自然, 人为 or 不明. */
export type DamageCause = '自然' | '人为' | '不明'
/** Where a screen is shown. */
export type DoorKind = 'tablet' | 'office'
/** The time an item leaves for rectification: at once, until the end of the day, so many hours or days. */
export type DueCode = '0' | 'EOD' | `${number}h` | `${number}d`
/** Why everything about somebody is erased. */
export type ErasureBasis = 'request' | 'consent' | 'left' | 'law'
/** Why somebody cannot be erased now. */
export type ErasureHindrance = 'works_here' | 'enrolled' | 'in_office'
/** 延期. */
export type Extension = 'none' | 'requested' | 'granted'
/** One cell of a row. */
export type FieldCell = string | number | boolean
/** One of several persons, photos or notes. */
export type FieldEntry = string | PhotoRef | NoteValue
/** One of several persons or photos, or a new row. */
export type FieldEntryInput = string | PhotoRef | Record<string, FieldCell | null>
/** A value as it is given: as people type it, or null to take it away. */
export type FieldInput = null | string | number | boolean | PhotoRef | FieldSignature | FieldEntryInput[] | Record<string, Record<string, FieldCell | null>>
/** A stored value by the type of its field: a text (also of numbers, days and ids), a count or an instant, yes or no, several persons, photos, notes, rows by their keys, a signature; or what is left of one that is not to be seen, or not here. */
export type FieldValue = string | number | boolean | MaskedValue | GoneValue | FieldEntry[] | FieldSignature | Record<string, Record<string, FieldCell>>
/** Where a finding comes from. */
export type FindingSource = 'inspection' | 'patrol' | 'meal' | 'report' | 'visitor' | 'notice119'
/** Where a finding stands. */
export type FindingState = 'unassigned' | 'assigned' | 'in_progress' | 'awaiting_recheck' | 'closed' | 'returned' | 'deferred' | 'voided' | 'corrected_on_spot'
/** Which findings are wanted. */
export type FindingsWanted = OpenWanted | FindingState
/** What an item still needs. */
export type GapKind = 'answer' | 'readable_answer' | 'method' | 'photo' | 'note'
/** Which way the children go. */
export type HandoverWay = 'arrive' | 'leave'
/** Where a record stands, by its kind. */
export type HitStage = Stage | FindingState
/** What stands in a cell. */
export type ImportCell = boolean | number | string
/** What becomes of a line. */
export type ImportState = 'new' | 'changed' | 'unchanged' | 'refused'
/** How an inspection came about. */
export type InspectionMode = 'routine' | 'spot' | 'random' | 'joint'
/** Where an item stands. */
export type ItemStatus = 'not_asked' | 'unanswered' | 'not_applicable' | 'needs_method' | 'ill_typed' | 'judged'
/** Whether a dish is cooked through. */
export type MealCore = 'unmeasured' | 'failing' | 'passed'
/** What of a dish is timed. */
export type MealDishMoment = 'out' | 'table'
/** What is known of a sample. */
export type MealSampleState = 'waiting' | 'ready' | 'disposed' | 'early'
/** How a dish fares from the pot to the table. */
export type MealWaiting = 'not_yet' | 'running' | 'in_time' | 'kept' | 'too_long' | 'unknown'
/** What was merged. */
export type MergedKind = 'answered' | 'same' | 'harmless'
/** Milliseconds since 1970 UTC, from outside: any number until it is checked. */
export type Millis = number
/** Why an act does not count. */
export type NotCountedCode = 'already' | 'void' | 'same_person' | 'wrong_stage' | 'not_vouched'
/** `open`. */
export type OpenWanted = 'open'
/** Why a step has no effect on the state; it is shown all the same. */
export type OverruledWhy = 'returned_meanwhile' | 'repair_stands' | 'void_contested' | 'work_goes_on' | 'closed'
/** A language that a paper is written in. */
export type PaperLanguage = 'zh' | 'en'
/** How a page is known. */
export type PaperStateCode = 'unknown' | 'other' | 'unread' | 'same'
/** What of a run was corrected. */
export type PatrolCorrected = 'day' | 'window' | 'visit' | 'other' | 'void'
/** How a point is told by who stands there. */
export type PatrolHow = 'nfc' | 'qr' | 'wedge' | 'typed' | 'hand'
/** Why nobody is to walk a key area on a day. */
export type PatrolNotAsked = 'closed' | 'no_route'
/** What a visit found, as it is given. */
export type PatrolResult = 'normal' | 'abnormal'
/** Which sort of signal. */
export type PatrolSignalKind = 'short' | 'burst' | 'all_typed' | 'same_photo' | 'photo_before' | 'clock_jump' | 'entered'
/** Where a run stands. */
export type PatrolStage = 'open' | 'closing' | 'finished' | 'void'
/** Why a tag is no point of the route. */
export type PatrolStray = 'unknown' | 'old' | 'other'
/** One thing that a person may or may not do. */
export type Permission = 'manage_accounts' | 'manage_people' | 'manage_areas' | 'manage_templates' | 'manage_routes' | 'manage_plans' | 'manage_rosters' | 'manage_settings' | 'fill_inspection' | 'submit_inspection' | 'spot_check' | 'confirm_inspection' | 'correct_record' | 'patrol' | 'count_boarders' | 'report_finding' | 'assign_finding' | 'fix_finding' | 'request_extension' | 'approve_extension' | 'recheck_finding' | 'close_finding' | 'void_finding' | 'take_out_of_service' | 'restore_service' | 'manage_meals' | 'keep_samples' | 'record_disinfection' | 'record_additives' | 'record_waste' | 'record_pest_control' | 'run_quick_tests' | 'count_class' | 'record_temperature' | 'accompany_meal' | 'check_in_for_kitchen' | 'decide_morning_check' | 'issue_snacks' | 'accept_delivery' | 'move_stock' | 'request_stock' | 'approve_requisition' | 'count_stock' | 'manage_assets' | 'record_damage' | 'approve_compensation' | 'handle_money' | 'request_purchase' | 'approve_purchase' | 'manage_suppliers' | 'manage_certificates' | 'hand_over_children' | 'manage_pickup' | 'check_children' | 'manage_clinic_stock' | 'register_visitors' | 'register_pupil_exit' | 'approve_pupil_exit' | 'keep_shift' | 'check_posts' | 'manage_meters' | 'read_meters' | 'record_greening' | 'keep_work_log' | 'work_on_tasks' | 'give_feedback' | 'answer_feedback' | 'keep_trainings' | 'receive_inspectors' | 'manage_equipment' | 'lend_things' | 'report_incident' | 'lead_incidents' | 'see_all_records' | 'see_kitchen' | 'see_reports' | 'see_money' | 'see_children' | 'see_pickup' | 'see_certificates' | 'see_visitors' | 'see_audit' | 'erase_people'
/** When an answer needs a photo. */
export type PhotoRule = 'optional' | 'always' | 'when_failed'
/** Where a photo comes from. */
export type PhotoSource = 'camera' | 'import'
/** Where the bytes of a photo are. */
export type PhotoState = 'here' | 'sent' | 'awaited'
/** How a try ended. */
export type PinOutcome = 'right' | 'wrong' | 'wait' | 'no_pin'
/** What a step of the day is. */
export type PlanKind = 'inspection' | 'template'
/** Where a step of the day stands. */
export type PlanState = 'done' | 'now' | 'open' | 'next'
/** How it was known who somebody is. */
export type Proof = 'pin' | 'set_by_other' | 'none'
/** How a point was told. */
export type ReadHow = 'nfc' | 'qr' | 'wedge' | 'typed' | 'hand' | 'claimed'
/** What a reader takes while a field has several siblings. */
export type ReadingRule = 'latest' | 'worst' | 'earliest' | 'soonest' | 'first' | 'union' | 'highest'
/** What became of a record that a field names. */
export type ReferenceState = 'here' | 'void' | 'left' | 'gone' | 'elsewhere'
/** A role; it is granted to a person per campus, and may be limited in time. */
export type Role = 'head' | 'logi' | 'fso' | 'staff' | 'keeper' | 'buyer' | 'cook' | 'carer' | 'teacher' | 'medic' | 'guard' | 'duty' | 'dorm' | 'fixer' | 'fin' | 'monitor' | 'parent' | 'admin'
/** What became of the row that a finding follows from. */
export type RowState = 'stands' | 'corrected' | 'void' | 'changed'
/** How far a number may be changed. */
export type SettingFloor = 'free' | {
  at_least: string
} | {
  at_most: string
}
/** The value of a setting as it is given, by its shape; null goes back to the default. */
export type SettingInput = number | string | boolean | string[] | RangeInput | MethodsInput
/** What the value of a setting looks like, its default and its floor. */
export type SettingShape = {
  number: {
    /** Its default. */ default: string
    /** How far it may be changed. */ floor: SettingFloor
  }
} | {
  range: {
    /** The upper end; none where it is open. */ max: string | null
    /** The lower end; none where it is open. */ min: string | null
  }
} | {
  switch: {
    /** Its default. */ default: boolean
    /** Whether it must stay as it is. */ is_fixed: boolean
  }
} | {
  list: {
    /** Its default. */ default: string[]
    /** Whether every text of the default must stay in it. */ must_keep_default: boolean
  }
} | {
  option: string[]
} | 'methods'
/** How sure the source of a rule is. */
export type SettingSource = 'statute' | 'page' | 'memory' | 'design'
/** The value of a setting. */
export type SettingValue = string | {
  /** The upper end. */ max: string | null
  /** The lower end. */ min: string | null
} | boolean | string[] | DisinfectionMethods
/** The four grades of a finding, from the mildest to the red line. */
export type Severity = 'L1' | 'L2' | 'L3' | 'L4'
/** Where a file stands. */
export type SheetExportState = 'waiting' | 'reading' | 'writing' | 'ready' | 'failed'
/** As what somebody signs. */
export type SignRole = 'walker' | 'second'
/** Where an inspection stands. */
export type Stage = 'open' | 'submitted' | 'void'
/** A step as keyboards without Chinese give it. */
export type StepCode = 'assign' | 'accept' | 'stopgap' | 'out_of_service' | 'fix' | 'pass' | 'return' | 'request_extension' | 'grant_extension' | 'defer' | 'restore' | 'close' | 'void' | 'reassign'
/** Whether a step takes something. */
export type StepNeed = 'required' | 'optional' | 'none'
/** The lines of a signature: each a list of points `[x, y]` from 0 to 1,000, of a field that is 1,000 wide and high. */
export type Strokes = [number, number][][]
/** How the subject of a form is chosen. */
export type SubjectKind = 'area' | 'person' | 'meal' | 'words' | 'none'
/** What a tag means. */
export type TagState = 'bound' | 'old' | 'ended' | 'unknown'
/** A text or a number. */
export type TextOrNumber = string | number
/** How something with a time looks. */
export type Tone = 'past' | 'calm' | 'soon' | 'near' | 'now' | 'over'
/** What a form says as a whole. */
export type Verdict = 'fail' | 'incomplete' | 'pass' | 'good' | 'recorded'
/** What follows from a warning. */
export type WarningLevel = 'note' | 'ask' | 'finding'
/** The sort of days on which a window is walked. */
export type WindowDays = 'every' | 'school' | 'closed'
/** What a window reports as a whole. */
export type WindowNil = 'nil' | 'waiting' | 'abnormal'
/** Where a window stands. */
export type WindowState = 'due' | 'open' | 'done' | 'missed' | 'later'

/** What the app runs on. */
export interface About {
  /** The id that the server gave this device; null before enrolment. */ device: string | null
  /** What people call this device. */ device_name: string | null
  /** The licence of the app. */ licence: string
  /** What it is built from, one package a line: name, version, licence. */ licences: string
  /** Whose store it is. */ organisation: OrganisationRef | null
  /** The replica id of the store. */ replica: string
  /** The address of the server. */ server: string | null
  /** The folder of the store. */ store: string
  /** How many bytes the store has there, photos left out. */ store_bytes: number
  /** The version of the app. */ version: string
}

/** Who is signed in at the office. */
export interface Account {
  /** Whether campus, person and password are still to be set. */ must_begin: boolean
  /** Whether somebody else has set the password, so that one of one's own comes before everything else. */
  must_change_password: boolean
  /** The name that was signed in with. */ name: string
  /** The person that it belongs to; null until that is settled. */ person: string | null
  /** The roles that it was given. */ roles: Role[]
}

/** One account. */
export interface AccountView {
  /** When it was made, ms since 1970 UTC. */ created_at: number
  /** Whether its owner has still to say who they are. */ must_begin: boolean
  /** Whether its owner has still to choose a password in the place of one that somebody else has set. */
  must_change_password: boolean
  /** The name to sign in with. */ name: string
  /** The person that it acts as; null until its owner has signed in for the first time. */ person: PersonRef | null
  /** What it was given: what it may administer, and the roles of the person that begins with it. */ roles: Role[]
}

/** The accounts. */
export interface Accounts {
  /** By name. */ accounts: AccountView[]
}

/** One act on a row. */
export interface ActEntryView {
  /** Which act. */ act: string
  /** When, ms since 1970 UTC. */ at: number
  /** Who did it. */ by: PersonRef | null
  /** Whether the person who works can still take it back on this device. */ can_undo: boolean
  /** 签字后有改动: whether the row has changed since. */ changed_since: boolean
  /** Its id. */ entry: string
  /** What people call it; null for one of a newer app. */ label: string | null
  /** The same in English. */ label_en: string | null
  /** Why it does not count; null for one that does. */ not_counted: string | null
  /** What became of it. */ outcome: ActOutcome
  /** How it was known who did it; null where a person's own device vouches. */ vouch: Proof | null
  /** What it said. */ words: Record<string, Phrase>
}

/** Something that can be done with a row. */
export interface ActView {
  /** Its code. */ act: string
  /** What it asks for. */ asks: FieldView[]
  /** The field that names who does it. */ by: string | null
  /** The stages from which it can be done. */ from: string[]
  /** What people call it. */ label: string
  /** The same in English. */ label_en: string
  /** Whether it must not be done by who did something else before. */ other: boolean
  /** Whether it says what its author had before them. */ saw: boolean
}

/** What became of an act. */
export interface Acted {
  /** The id of the act; `entry.undo` takes it. */ entry: string
  /** The row. */ id: string
  /** 未计入: why the act does not count; left out for one that does. */ not_counted?: NotCountedCode | null
  /** What its author has seen now; give it back as `seen`. */ version: string
}

/** What a campus took over. */
export interface Adopted {
  /** How many points they have. */ points: number
  /** The routes that it did not have before. */ routes: string[]
}

/** A page of areas. */
export interface AreaPage {
  areas: AreaRow[]
  /** Where the next page starts; null at the end. */ next: string | null
}

/** One area. */
export interface AreaRow {
  /** The area. */ id: string
  /** 重点部位. */ key_area: boolean
  /** What it is: `building`, `floor`, `room`, `class`, `zone`, `kitchen`, `store`, `gate` or `outdoor`. */
  kind: string | null
  /** Its name. */ name: string | null
  /** 承包班级. */ owner_class: string | null
  /** 包干人. */ owner_person: PersonRef | null
  /** The area that it is part of. */ parent: string | null
  /** The campus. */ scope: string | null
  /** Give it back as `seen` with a change. */ version: string
}

/** One line of a class's property. */
export interface AssetLineValue {
  /** 处理. */ action?: DamageAction | null
  /** 金额, in yuan. */ amount?: string | null
  /** 原因. */ cause?: DamageCause | null
  /** 损坏. */ damaged?: number | null
  /** 应有. */ expected?: number | null
  /** 实有. */ found?: number | null
  /** 完好. */ intact?: number | null
  /** What it is. */ name: string
  /** 责任人. */ responsible?: string | null
}

/** A page of equipment. */
export interface AssetPage {
  assets: AssetRow[]
  /** Where the next page starts; null at the end. */ next: string | null
}

/** One piece of equipment. */
export interface AssetRow {
  /** Whether it is in use. */ active: boolean
  /** The area that it stands in. */ area: string | null
  /** What people call that area. */ area_name: string | null
  /** What it is: `冷藏冷冻`, `紫外线灯` or `其他`; another word where another program wrote one. */ category: string | null
  /** The first day on which it was out of use, `YYYY-MM-DD`; null while it is in use, and where nobody knows. */
  ended_on: string | null
  /** The thing. */ id: string
  /** Its name. */ name: string | null
  /** The campus. */ scope: string | null
  /** Give it back as `seen` with a change. */ version: string
}

/** Somebody who may put a finding right. */
export interface AssignableView {
  /** The id, or the name on the command line, under which the record has the person. */ id: string
  /** The name, where a record of the person is here. */ name: string | null
  /** The roles that the person has there today. */ roles: Role[]
}

/** What is missing before service, counted. */
export interface BeforeService {
  /** Minutes to service, negative after it; null where no clock was checked or nobody said when it is. */
  minutes_left: number | null
  /** How many things. */ missing: number
}

/** The findings of one state. */
export interface BoardColumn {
  /** How many there are. */ count: number
  /** The first of them, what is due first first; twenty at most. */ rows: FindingRow[]
  /** The state; what `finding.list` takes for more. */ state: FindingState
  /** The same in Chinese. */ state_zh: string
}

/** The findings by state. */
export interface BoardView {
  /** A column for each state, in the order of the way; the closed ones come last. */ columns: BoardColumn[]
  /** How many are open. */ open: number
  /** How many of these are over their time. */ overdue: number
}

/** A step that broke a rule. */
export interface BreachView {
  /** Who made it. */ by: PersonRef
  /** Which rule. */ kind: BreachKind
  /** The step. */ step: string
}

/** One campus. */
export interface CampusRow {
  /** Whether pupils sleep there. */ boarding: boolean
  /** 自营, 委托承包 or 订餐. */ catering_mode: string | null
  /** How many eat at a meal on average. */ diners: number | null
  /** The average number of diners per meal from which a food safety director is needed. */ director_from: string | null
  /** Who must have a food safety director: `school`, `contractor`. */ directors: string[]
  /** The campus. */ id: string
  /** What sort it is. */ kind: CampusKind | null
  /** The meals that are served and were served, each with its days. */ meals: ServedMeal[]
  /** Its name. */ name: string | null
  /** How many pupils there are. */ pupils: number | null
  /** The evenings on which somebody stays for the night. */ sleeps: SleepPeriod[]
  /** Terms, holidays and worked weekends; null where none are set. */ term_calendar: TermCalendar | null
  /** Its time zone, such as `Asia/Shanghai`. */ timezone: string | null
  /** Give it back as `seen` with a change. */ version: string
}

/** The campuses. */
export interface Campuses {
  campuses: CampusRow[]
  /** The one that this device serves; null when that is not settled. */ here: string | null
}

/** Done. */
export interface Changed {
  /** The name of the account. */ name: string
}

/** What can be chosen. */
export interface Choices {
  /** The records: in use, of this campus, and such as the person sees. */ options: RecordChoice[]
}

/** What a class left. */
export interface ClassLeftovers {
  /** The class. */ class: string
  /** Its meals, the last ones first. */ meals: LeftoverMeal[]
  /** What it is called. */ name: string
  /** Whether it left more than the limit on each of its last three days with meals. */ over: boolean
}

/** One clause of a condition; all of them must hold. A screen that does not know the word shows the field. */
export interface ClauseView {
  /** The options, for `is`. */ codes: string[]
  /** The field that it is about. */ field: string
  /** `has`, `lacks`, `is`, `yes`, or another word that only the program asks. */ word: string
}

/** What time it is by this device. */
export interface Clock {
  /** How far the wall clock of the device is behind, negative where it is ahead; null where that is not known, or nothing to speak of. */
  behind_ms: number | null
  /** That the server contradicts itself about the time; null while it does not. */ contradiction: Contradiction | null
  /** The time before which no right clock is, ms since 1970 UTC: when this program was begun, or what the server has told. */
  earliest: number
  /** The time before which it cannot be, because the server has told it; null where it never has. */
  latest_server: number | null
  /** The time, ms since 1970 UTC: that of the wall clock, put right by what is known of it. */ now: number
  /** Who vouches for it. */ state: ClockState
}

/** A code that enrols one tablet. */
export interface Code {
  /** The code, to be typed. */ code: string
  /** Until when it works, ms since 1970 UTC. */ expires_at: number
  /** Whether that address leads to this very computer, from which no tablet is let in. */ is_only_here: boolean
  /** Address, code and the number of the name in one. */ link: string
  /** What the next tablet may be called: a name that no tablet has had yet. */ name: string
  /** The link as a QR code: SVG. */ qr: string
  /** The address of the server, as this page was asked for. */ server: string
}

/** One of the values that a field has while people disagree. */
export interface ConflictValue {
  /** When, ms since 1970 UTC by the clock of the device. */ at: number
  /** Who wrote it. */ by: PersonRef | null
  /** Whether readers take it meanwhile. */ counts: boolean
  /** The replica id of the device's store. */ device: string
  /** What people call the device, where that is known here. */ device_name: string | null
  /** The value alone, for large figures; null where it is not one number. */ figure: string | null
  /** Its number, to be given as `take`. */ index: number
  /** Whether it was written on this device. */ is_here: boolean
  /** Whether the item passes with it; null for what is not judged. */ passed: boolean | null
  /** The value in plain words, with its unit. */ text: string
  /** The same in English. */ text_en: string
  /** The unit of that; null where it has none. */ unit: string | null
  /** What was written. */ value: unknown
}

/** One field that people saved differently. */
export interface ConflictView {
  /** Whether a person is asked; if not, the values are listed as merged. */ asks: boolean
  /** The field; `_deleted` when somebody deleted the record and somebody else wrote to it meanwhile. */ field: string
  /** The record. */ id: string
  /** The item, for the result of an answer: how it is asked, with its limits. */ item: ItemShape | null
  /** Whether the values are texts that can be joined into one. */ joinable: boolean
  /** Them joined, the oldest first; null where they cannot be. */ joined: string | null
  /** Its kind. */ kind: string
  /** The kind in Chinese. */ kind_zh: string
  /** What people call the field. */ label: string
  /** The same in English. */ label_en: string
  /** Whether the person who works may settle it. */ may_resolve: boolean
  /** What readers take meanwhile, and so why the value that counts does. */ rule: ReadingRule
  /** The campus. */ scope: string | null
  /** What people call the record. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
  /** The values, latest first. */ values: ConflictValue[]
  /** Give it back as `seen` with the decision. */ version: string
}

/** The conflicts. */
export interface Conflicts {
  /** The conflicts, by record, the oldest record first. */ conflicts: ConflictView[]
  /** What was merged without asking anybody, of the one record that was asked for; empty otherwise. */
  merged: MergedView[]
}

/** Two answers of one server that cannot both be right. */
export interface Contradiction {
  /** The time by what it had said before, ms since 1970 UTC. */ expected: number
  /** What it said. */ told: number
}

/** One correction. */
export interface CorrectionView {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef | null
  /** The field it corrects. */ field: string
  /** The value before any correction. */ original: AnswerValue | null
  /** Why. */ reason: string | null
  /** Whether it counts, or a later one took its place. */ stands: boolean
  /** The value it puts in place. */ value: AnswerValue | null
}

/** One device. */
export interface DeviceView {
  /** When it was enrolled, ms since 1970 UTC. */ enrolled_at: number
  /** The compartments that it holds: any of `children`, `gate`, `confidential`. */ holds: string[]
  /** The device. */ id: string
  /** When it last called, to a minute or so, ms since 1970 UTC. */ last_seen_at: number | null
  /** What people call it. */ name: string
  /** Whether its access was taken away. */ revoked: boolean
  /** What it may write: `tablet` or `office`. */ role: string
  /** The campuses it is for; null for all. */ scopes: string[] | null
}

/** The devices. */
export interface Devices {
  /** Oldest first. */ devices: DeviceView[]
  /** Whether the tablets are bringing back what the server lacks, also what others wrote. */ refilling: boolean
  /** When a tablet came that knew more than the server holds, ms since 1970 UTC: its store was put back by hand; null when none did. */
  went_back_at: number | null
}

/** How much was left of the meals that had a dish. */
export interface DishLeftovers {
  /** What it is called. */ name: string
  /** How much of a hundred parts was left of them, on the whole. */ percent: string
  /** On how many meals it stood of which a rate is known. */ times: number
}

/** The lower limits of one way of disinfection; none where it has no such limit. */
export interface DisinfectionMethod {
  /** The lowest concentration of available chlorine in mg/L; only for immersion. */ chlorine_mg_l: string | null
  /** The shortest time in minutes. */ minutes: string | null
  /** The lowest temperature in ℃; none for chemicals, sunlight, and machines that follow their manual. */
  temp_c: string | null
}

/** The ways of disinfection by what is disinfected. Shape: `{"tableware": {"蒸汽": {"temp_c": "100", "minutes": "10"}, ...}, "towels": {...}}`; the names are the options of the templates T04 and T12. */
export interface DisinfectionMethods {
  /** 餐具. */ tableware: Record<string, DisinfectionMethod>
  /** 巾杯. */ towels: Record<string, DisinfectionMethod>
}

/** The answer of `door.get`. */
export interface Door {
  /** Who is signed in; null on a tablet, and for who is not. */ account: Account | null
  /** Where the screen is shown. */ door: DoorKind
  /** Whose store it is; null for a tablet that is not enrolled. */ organisation: OrganisationRef | null
  /** The version of the app. */ version: string
}

/** What a change of a draft ended with. */
export interface DraftAt {
  /** When it was kept, ms since 1970 UTC; null when there is none any more. */ at: number | null
}

/** What the person who works has begun. */
export interface DraftList {
  /** Newest first. */ drafts: DraftRow[]
}

/** One thing that was begun. */
export interface DraftRow {
  /** What people call that record, where it is here. */ about: string | null
  /** The same in English; null where it is the same. */ about_en: string | null
  /** When it was last changed, ms since 1970 UTC. */ at: number
  /** The form. */ form: string
  /** The record that the form is about; null for something new. */ record: string | null
  /** The first words that stand in the draft. */ words: string | null
}

/** A draft as its form takes it up again. */
export interface DraftView {
  /** When it was last changed, ms since 1970 UTC. */ at: number
  /** The changed fields, as they stood when it was begun. */ base: Record<string, unknown>
  /** The version of the form's declaration under which it was begun. */ declared: number
  /** What its author had seen of the record. */ seen: string | null
  /** The changed fields, as they were left. */ set: Record<string, unknown>
}

/** What somebody has begun, and what will be removed soon. */
export interface EndingDraft {
  /** How many. */ count: number
  /** Which form, where it is the person's own; null for those of somebody who left. */ form: string | null
  /** Who left what is begun, for who looks after people; null for the person's own. */ person: PersonRef | null
  /** What the form is about. */ record: string | null
  /** When they are removed, ms since 1970 UTC. */ removed_at: number
}

/** Whose device it is now. */
export interface Enrolled {
  /** The id that the server gave this device. */ device: string
  /** What people call this device. */ device_name: string
  /** Whose server it is. */ organisation: OrganisationRef
  /** The campuses that the device may read and write; null for all. */ scopes: string[] | null
  /** The address of the server. */ server: string
}

/** One change that the server took. */
export interface Entry {
  /** When it was written, by the clock of the device; when the server took it, where nobody wrote it. ms since 1970 UTC. */
  at: number
  /** Who wrote the newest of it. */ by: PersonRef | null
  /** The device that sent it; null for a purge. */ device: string | null
  /** What people call the device; null for the office itself. */ device_name: string | null
  /** What changed. */ fields: FieldChange[]
  /** When the server took it, ms since 1970 UTC. */ received_at: number
  /** Its place in the feed. */ seq: number
}

/** One correction. */
export interface EntryCorrection {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef | null
  /** The field. */ field: string
  /** Its id. */ id: string
  /** What people call that. */ label: string
  /** The same in English. */ label_en: string
  /** What was written first. */ original: Phrase | null
  /** Why. */ reason: string | null
  /** Whether no later one has replaced it. */ stands: boolean
  /** What it puts in place. */ value: Phrase | null
}

/** A page of rows. */
export interface EntryPage {
  /** How many rows of this page only a newer app can read; they are not shown. */ newer: number
  /** Where the next page starts; null at the end. */ next: string | null
  /** The rows. */ rows: EntryRow[]
}

/** One row in a list. */
export interface EntryRow {
  /** When it was written, ms since 1970 UTC. */ at: number | null
  /** Who made it. */ by: PersonRef | null
  /** Whether people disagree about something in it. */ conflict: boolean
  /** Whether something in it was corrected. */ corrected: boolean
  /** The day that it belongs to, `YYYY-MM-DD`. */ day: string | null
  /** Until when, ms since 1970 UTC. */ due: number | null
  /** The values of its fields; `{"masked", "shown"}` for one that the person does not see whole, `{"gone"}` for one whose part is not here any more. */
  fields: Record<string, FieldValue>
  /** The row. */ id: string
  /** Its register. */ kind: string
  /** Whether it was written later than it should have been. */ late: boolean
  /** Whether something is left to do about it. */ open: boolean
  /** Whether that is over. */ overdue: boolean
  /** Where it stands. */ stage: string | null
  /** What people call that. */ stage_label: string | null
  /** The same in English. */ stage_label_en: string | null
  /** What people call it. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
  /** How what is worked out by other rows looks, such as the days that are left of a certificate; the words say the same. */
  tones: Record<string, Tone>
  /** Whether it is void. */ void: boolean
  /** The same in words. */ words: Record<string, Phrase>
}

/** One row with everything that is to be seen of it. */
export interface EntryView extends EntryRow {
  /** What the person who works can do with it now. */ acts: string[]
  /** Its campus. */ campus: string | null
  /** The fields that hold several values, latest first. */ conflicts: Record<string, ConflictValue[]>
  /** The fields that the person may correct. */ correctable: string[]
  /** What was corrected, oldest first. */ corrections: EntryCorrection[]
  /** The fields that the person may still change with `entry.save`. */ editable: string[]
  /** The declaration that it was last written by, such as `duty_shift@1`. */ form: string | null
  /** How many fields, acts and options of it this app does not know; they are kept and not shown, and no act is offered. */
  hidden: number
  /** Their names, as a newer app stores them: 需要更新应用. */ hidden_names: string[]
  /** What was done with it, in the order in which it counts. */ history: ActEntryView[]
  /** Why it was written late. */ late_reason: string | null
  /** Whether the person may declare it void, restore it and strike acts. */ may_void: boolean
  /** Whether only a newer app can read it; nothing of it is shown then. */ newer: boolean
  /** The same with its words and with what is asked for; also what another person can do who enters a PIN. */
  offers: ActView[]
  /** What became of the records that its fields name. */ refs: Record<string, Reference[]>
  /** The digest of what somebody signs who signs now. */ saw: string
  /** Give it back as `seen` with the next save or act. */ version: string
  /** Who declared it void, oldest first. */ voids: EntryVoid[]
  /** What looks wrong in it. */ warnings: WarningView[]
}

/** One void. */
export interface EntryVoid {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef | null
  /** Its id. */ id: string
  /** Whether it was lifted again. */ lifted: boolean
  /** Why. */ reason: string | null
}

/** Records of one kind. */
export interface ErasureGroup {
  /** How many there are. */ count: number
  /** Their kind. */ kind: string
  /** What people call them. */ title: string
  /** The same in English; null where that is not known. */ title_en: string | null
  /** The last day on which the last of them is kept, `YYYY-MM-DD`; null where no date ends it. */ until: string | null
}

/** What erasing somebody does. */
export interface ErasureView {
  /** When it was done last, ms since 1970 UTC. */ done_at: number | null
  /** What goes at once. */ goes: ErasureGroup[]
  /** Why it cannot be done now; null where it can. */ hindrance: ErasureHindrance | null
  /** What stays, since its own time is not over: how much of it names the person; nothing of a child stays. */
  stays: ErasureGroup[]
}

/** Everything about one record. */
export interface Everything {
  /** What was taken out, as lines of a table (CSV with a byte order mark); of an export alone. */ csv: string | null
  /** Whether there are more rows or records than are given here. */ cut: boolean
  /** What erasing this person or child does; null for who may not, and for anything else. */
  erasure: ErasureView | null
  /** The record. */ id: string
  /** Its kind. */ kind: string
  /** The records of other kinds that name it, such as findings; of people alone. */ records: NamingRecord[]
  /** The rows of registers that name it: by register, of one register the newest first. */ rows: EntryRow[]
  /** What people call it. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
}

/** One field that changed. */
export interface FieldChange {
  /** When it was written, ms since 1970 UTC. */ at: number | null
  /** Who wrote it: one change may carry what several people wrote. */ by: PersonRef | null
  /** The field. */ field: string
  /** What people call it. */ label: string
  /** The same in English. */ label_en: string
  /** Its values afterwards. */ new: unknown[]
  /** The values afterwards in plain words. */ new_text: string
  /** The same in English. */ new_text_en: string
  /** Its values before; several where people disagreed. */ old: unknown[]
  /** The values before in plain words. */ old_text: string
  /** The same in English. */ old_text_en: string
}

/** A signature in a row. */
export interface FieldSignature {
  /** The person; left out for somebody from outside. */ by?: string | null
  /** The name of somebody from outside. */ name?: string | null
  /** The lines. */ strokes: Strokes
}

/** One field, as a form asks for it. */
export interface FieldView {
  /** The columns of its rows. */ columns: FieldView[]
  /** Whether the program fills it in. */ computed: boolean
  /** Its type with its arguments, such as `TXT[1,40]`. */ declared: string
  /** Whether it can neither be edited nor corrected once it is written. */ frozen: boolean
  /** The largest number. */ high: string | null
  /** What people call it. */ label: string
  /** The same in English. */ label_en: string
  /** The rows that a new form begins with. */ lines: LineView[]
  /** The smallest number. */ low: string | null
  /** Whether it is measured. */ measured: boolean
  /** Its stored name. */ name: string
  /** The field of the form that narrows them down; give `entry.pick` what stands in it as `of`. */
  narrowed_by: string | null
  /** Whether every row needs it. */ needed: boolean
  /** Under which conditions a row needs it; null where it always or never does. */ needed_when: ClauseView[] | null
  /** What can be chosen. */ options: OptionView[]
  /** What a new form begins with, ready to be saved. */ preset: FieldValue | null
  /** The kind of the records that it names. */ refers: string | null
  /** Whether it is no longer asked for. */ retired: boolean
  /** Whether its words are found by the search. */ searchable: boolean
  /** Its type, such as `TXT`; `SPAN` and `PREVIOUS` for what is worked out. */ type: string
  /** The unit of the number. */ unit: string | null
  /** The same in English. */ unit_en: string | null
  /** What the person sees of it: `whole`, `last4`, `surname` or `hidden`. */ view: string
  /** Under which conditions it is asked for; null for always. */ when: ClauseView[] | null
}

/** A page of findings. */
export interface FindingPage {
  /** The findings, what is due first first. */ findings: FindingRow[]
  /** Where the next page starts; null at the end. */ next: string | null
}

/** What a list shows of a finding. */
export interface FindingRow {
  /** Where: the id of a record, or words. */ area: string | null
  /** What people call that. */ area_name: string | null
  /** Who has it. */ assignee: PersonRef | null
  /** What it is about. */ category: Category | null
  /** The same in Chinese. */ category_zh: string | null
  /** What is wrong. */ description: string | null
  /** The same with the item's words in English; null for what people wrote themselves. */ description_en: string | null
  /** Until when it must be put right, ms since 1970 UTC. */ due: number | null
  /** When it was found, ms since 1970 UTC. */ found_at: number | null
  /** Who found it. */ found_by: PersonRef | null
  /** The finding. */ id: string
  /** The inspection that it comes from. */ inspection: string | null
  /** Whether somebody still has to do something. */ is_open: boolean
  /** 停用: the thing must not be used. */ is_out_of_service: boolean
  /** Whether its time is over. */ is_overdue: boolean
  /** The checklist item that it comes from. */ item: string | null
  /** How many minutes are left; null when its time is over, when it has none, and when nothing is left to do. */
  left_min: number | null
  /** For how many minutes its time is over; null unless it is. */ overdue_min: number | null
  /** How many photos its head and its steps have. */ photo_count: number
  /** The campus. */ scope: string | null
  /** How bad it is. */ severity: Severity | null
  /** The same in Chinese. */ severity_zh: string | null
  /** Where it stands. */ state: FindingState
  /** The same in Chinese. */ state_zh: string
}

/** A finding with its history. */
export interface FindingView extends FindingRow {
  /** Whom 派发 and 转派 may give it to, by name. */ assignable: AssignableView[]
  /** The steps that broke a rule; shown, never rejected. */ breaches: BreachView[]
  /** The row of a register that it follows from; null where it follows from none, and where that is not here or not to be seen. */
  entry: RowOriginView | null
  /** Whether more time was asked for, or granted. */ extension: Extension
  /** 临时措施: it was made safe for the time being. */ has_stopgap: boolean
  /** What the person who works may do next, in the order in which a screen offers it. */ next_steps: NextStep[]
  /** What the person who works may do since its cause is gone; null where it stands, and where there is nothing to close. */
  offer: OfferView | null
  /** The answer that it follows from; null for one that somebody reported, and where the form is not here. */
  origin: OriginView | null
  /** The steps without effect on the state. */ overruled: OverruledView[]
  /** The patrol that it follows from; null where it follows from none, and where that is not to be seen. */
  patrol: PatrolOriginView | null
  /** The photos that it was reported with, and those of the answer that it follows from. */ photos: PhotoView[]
  /** Where it comes from. */ source: FindingSource | null
  /** The steps, by time. */ steps: StepView[]
  /** Give it back as `seen` with a save of plain fields. */ version: string
}

/** What a form shows anew after a change of some items. */
export interface FormChange {
  /** The inspection. */ id: string
  /** The items that were written, as they stand now. */ items: ItemView[]
  /** How many things are still missing. */ missing: number
  /** The next item that needs something. */ next_gap: string | null
  /** Score and verdict so far. */ score: ScoreView
  /** The results before, by item; what `inspection.undo` goes back to. */ undo: Record<string, AnswerValue | null>
  /** Give it back as `seen` with the next answer of the same form. */ version: string
}

/** An inspection as a form. */
export interface FormView {
  /** The day it counts for, `YYYY-MM-DD`. */ business_date: string | null
  /** Its code, where the checklist is known here. */ code: string | null
  /** Corrections since the submit, oldest first. */ corrections: CorrectionView[]
  /** Who started it. */ created_by: PersonRef | null
  /** The findings of its items. */ findings: FindingRow[]
  /** The inspection. */ id: string
  /** Why it was submitted though something was missing; empty unless it was. */ incomplete: Reason[]
  /** Whether it was entered afterwards (补录). */ late: boolean
  /** What is still needed before it can be submitted, in order. */ missing: Missing[]
  /** How it came about; null where the record does not say. */ mode: InspectionMode | null
  /** The item to go to next; null when nothing is missing. */ next_gap: string | null
  /** When it happened, ms since 1970 UTC. */ occurred_at: number | null
  /** How it went as a whole. */ outcome: Outcome
  /** Who takes part, with the time of joining, earliest first. */ people: Moment[]
  /** What forms of one round share. */ round: string | null
  /** The campus. */ scope: string | null
  /** Score and verdict so far. */ score: ScoreView
  /** The items by section, in order. */ sections: SectionView[]
  /** Where it stands. */ stage: Stage
  /** What it is about: the id of a record, or words. */ subject: string | null
  /** What people call that. */ subject_name: string | null
  /** Who has submitted, earliest first. */ submits: SubmitView[]
  /** The reference of the checklist, such as `T01@1`. */ template: string
  /** Its Chinese title. */ title: string | null
  /** Its English title. */ title_en: string | null
  /** Give it back as `seen` with the next answer. */ version: string
  /** Why it is void; empty unless it is. */ voids: Reason[]
}

/** Who is inside, and what that rests on. */
export interface GateInside {
  /** Minutes since; null where nobody knows. */ age_min: number | null
  /** 截至: when this device last heard all that the server had, ms since 1970 UTC; null where it never did. */
  as_of: number | null
  /** How many children are here. */ children_n: number
  /** The classes, with the children that are here. */ classes: InsideClass[]
  /** Whether that is because this device has heard nothing for long and locked them; any exchange opens them. */
  locked: boolean
  /** 不在本平板: what of it this device does not hold: any of `children`, `gate`. */ not_here: string[]
  /** When this was worked out, ms since 1970 UTC. */ now: number
  /** Who is on duty. */ staff: InsideStaff[]
  /** How many people are on duty. */ staff_n: number
  /** The classes whose children came, and of whom nobody wrote that they left before the gate closed, today or yesterday. */
  stayed: StayedClass[]
  /** Leavings that a gate could not pair: each may end one of these visits. */ unpaired: UnpairedView[]
  /** The vehicles inside. */ vehicles: InsideVehicle[]
  /** The visits that are not over, by when they came. */ visitors: InsideVisitor[]
  /** How many visitors. */ visitors_n: number
}

/** A value whose part is not here. */
export interface GoneValue {
  /** `keep` for one that was deleted when its time was over, `hold` for one that this device does not hold. */
  gone: string
}

/** One role, with its time. */
export interface GrantView {
  /** Where it holds; null for every campus. */ campus: string | null
  /** Whether it holds today. */ holds: boolean
  /** The grant. */ id: string
  /** The areas that it is for; empty for no area in particular. */ places: string[]
  /** The role. */ role: Role
  /** The first day, `YYYY-MM-DD`; null where there is no first one. */ valid_from: string | null
  /** The last day, `YYYY-MM-DD`; null where there is no last one. */ valid_to: string | null
  /** Give it back as `seen` with a change of the grant. */ version: string
}

/** An adult on the list of a child. */
export interface HandoverAdult {
  /** The line of the list. */ id: string
  /** What the adult is called, as the person may know it. */ name: string
  /** Whether it is good for one time. */ once: boolean
  /** The telephone number, as the person may know it. */ phone: string | null
  /** The photo, where the person sees it. */ photo: string | null
  /** Whose the child is to them. */ relation: Phrase | null
  /** The other children that the same adult fetches. */ siblings: string[]
  /** What the line says now: `good`, `not_yet`, `over`, `revoked`, `forbidden` or `void`. */ stands: string
  /** Whether that time is over. */ used: boolean
}

/** Something alarming. */
export interface HandoverAlarm {
  /** Whether each of its rows was answered. */ answered: boolean
  /** The child. */ child: string
  /** The class. */ class: string | null
  /** What: `forbidden`, `revoked`, `twice`, `once_used`, `unlisted` or `not_arrived`. */ code: string
  /** The day, `YYYY-MM-DD`. */ day: string
  /** What it is called, as the person may know it. */ name: string
  /** Whether somebody has to act at once. */ red: boolean
  /** The rows of `child_handover` that it follows from. */ rows: string[]
  /** In words. */ words: Phrase
}

/** What was not answered. */
export interface HandoverAlarms {
  /** The worst first. */ alarms: HandoverAlarm[]
}

/** A child at the door. */
export interface HandoverChild {
  /** Who may fetch it, and who must not. */ adults: HandoverAdult[]
  /** Its class. */ class: string | null
  /** The child. */ id: string
  /** How many slips of medicine wait to be given today. */ medicine: number
  /** What it is called, as the person may know it; its number where only that is kept. */ name: string
  /** Its number. */ number: string
  /** Since when, ms since 1970 UTC; null for one of whom nothing was written. */ since: number | null
  /** Where it is. */ state: ChildState
}

/** A class in numbers. */
export interface HandoverClass {
  /** Those that came today. */ came: number
  /** The class. */ class: string
  /** Children on the list. */ enrolled: number
  /** Those that are here. */ here: number
  /** Those with medicine that waits to be given. */ medicine: number
  /** What people call it. */ name: string
  /** Those that were found other than well in the morning. */ noticed: number
}

/** The counts that stand there now. */
export interface HandoverCounted {
  /** Those that were found other than well in the morning. */ abnormal: number
  /** Those that eat. */ diners: number
  /** Children on the list. */ enrolled: number
  /** The row of `class_attendance`. */ id: string
  /** Those with medicine. */ medicine: number
  /** Those that came. */ present: number
}

/** A day at the door. */
export interface HandoverDay {
  /** What is alarming, the worst first. */ alarms: HandoverAlarm[]
  /** Their children, by class and number. */ children: HandoverChild[]
  /** The classes of which the person sees children. */ classes: HandoverClass[]
  /** The day, `YYYY-MM-DD`. */ date: string
  /** Whether this device holds children at all; where it does not, everything else is empty (不在本平板). */ here: boolean
  /** How old the list is. */ list: HandoverList
  /** Whether that is because it has heard nothing for long and locked them; any exchange opens them. */ locked: boolean
}

/** Who is called so. */
export interface HandoverFound {
  /** The children whose name or number it is. */ children: string[]
  /** The lines of the list whose adult is called so. */ lines: string[]
}

/** What was written. */
export interface HandoverGiven {
  /** What is alarming about these children's day now. */ alarms: HandoverAlarm[]
  /** The rows of `child_handover`, in the order of the children. */ rows: string[]
}

/** How old the list of who may fetch whom is on this device. */
export interface HandoverList {
  /** Minutes since; null where nobody knows, such as after a clock was set back. */ age_min: number | null
  /** 名单截至: when this device last heard all that the server had, ms since 1970 UTC; null where it never did. */
  as_of: number | null
  /** The hours for which it is good. */ good_h: string
  /** Whether a guardian is called before a child leaves by it. */ too_old: boolean
}

/** What became of a record. */
export interface History {
  /** The changes, oldest first. */ entries: Entry[]
  /** Where the next page starts; null at the end. */ next: number | null
}

/** One record. */
export interface Hit {
  /** The day it counts for, `YYYY-MM-DD`. */ business_date: string | null
  /** The record. */ id: string
  /** Its kind. */ kind: string
  /** The kind in Chinese. */ kind_zh: string
  /** The campus. */ scope: string | null
  /** Where it stands, for kinds that have that. */ stage: HitStage | null
  /** What people call that, for a row of a register. */ stage_label: string | null
  /** The same in English. */ stage_label_en: string | null
  /** What people call it. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
}

/** What was found. */
export interface Hits {
  /** Whether there are more than were asked for. */ cut: boolean
  /** The records, best first: master data by their names, then titles, then the rest, each the newest first. */
  hits: Hit[]
  /** How many records could not be looked at yet; they will be found within seconds. */ indexing: number
}

/** A value that changes. */
export interface ImportChange {
  /** What will stand there; null for nothing. */ after: string | null
  /** The same in English. */ after_en: string | null
  /** What stands there; null for nothing. */ before: string | null
  /** The same in English. */ before_en: string | null
  /** The field. */ field: string
  /** What people call it. */ label: string
  /** The same in English. */ label_en: string
}

/** An import that can be taken back. */
export interface ImportDone {
  /** When, ms since 1970 UTC. */ at: number
  /** Who did it. */ by: PersonRef | null
  /** How many it changed. */ changed: number
  /** Its name. */ import: string
  /** The register. */ kind: string
  /** How many rows it made. */ made: number
  /** Until when it can be taken back, ms since 1970 UTC. */ until: number
}

/** A register that is imported into. */
export interface ImportKind {
  /** The heads by which a line is found again. */ heads: string[]
  /** The same in English. */ heads_en: string[]
  /** Its stored name. */ kind: string
  /** What people call it. */ name: string
  /** The same in English. */ name_en: string
}

/** A line of a plan. */
export interface ImportLine {
  /** What it changes. */ changes: ImportChange[]
  /** The row that it was found to be. */ id: string | null
  /** Why it is not taken. */ problems: ImportProblem[]
  /** Its number in the file, or among the rows, the first being 1. */ row: number
  /** What becomes of it. */ state: ImportState
  /** What people call the row. */ title: string
}

/** Why a line is refused. */
export interface ImportProblem {
  /** The cell, such as `B7`. */ cell: string | null
  /** The same in English. */ en: string
  /** The field. */ field: string | null
  /** Why. */ zh: string
}

/** What was taken back. */
export interface ImportUndone {
  /** What somebody has changed since, and was left alone. */ kept: KeptValue[]
  /** How many values stand as before. */ restored: number
  /** How many rows are void now. */ voided: number
}

/** What an import would do, or has done. */
export interface Imported {
  /** How many change. */ changed: number
  /** What was carried out; `entry.import_undo` takes it. */ import: string | null
  /** Each line of a plan. */ lines: ImportLine[]
  /** How many rows are new. */ new: number
  /** The plan; give it back to carry it out. Null once it was carried out. */ plan: string | null
  /** Until when the plan is kept, ms since 1970 UTC. */ plan_until: number | null
  /** The lines that are not taken. */ refused: RefusedLine[]
  /** How many say the same. */ unchanged: number
  /** Until when it can be taken back, ms since 1970 UTC. */ undo_until: number | null
}

/** What is imported here, and what was lately. */
export interface Imports {
  /** The imports that can be taken back, the last first. */ imports: ImportDone[]
  /** The registers that the person may import into. */ kinds: ImportKind[]
}

/** A class, with who of it is here. */
export interface InsideClass {
  /** The class in numbers. */ counts: HandoverClass
  /** The names of those that are here, as far as the person may know them. */ names: string[]
}

/** Somebody on duty. */
export interface InsideStaff {
  /** Who. */ person: PersonRef
  /** Where. */ post: string | null
  /** Since when, ms since 1970 UTC. */ since: number | null
}

/** A vehicle inside. */
export interface InsideVehicle {
  /** When it came, ms since 1970 UTC. */ at: number
  /** The row. */ id: string
  /** Whether it should have left by now. */ overdue: boolean
  /** Its number, as the person may know it. */ plate: string
}

/** A visit that is not over. */
export interface InsideVisitor {
  /** When they came, ms since 1970 UTC. */ at: number
  /** The badge. */ badge: string | null
  /** To whom. */ host: PersonRef | null
  /** The row. */ id: string
  /** What the first of them is called, as the person may know it. */ name: string
  /** From where. */ org: string | null
  /** Whether they should have left by now. */ overdue: boolean
  /** How many people. */ people: number
}

/** What is still owed to a form. */
export interface InspectionDigest {
  /** On how many items people disagree. */ conflicts: number
  /** How many photos it names that have not arrived here. */ photos_awaited: number
}

/** A page of inspections. */
export interface InspectionPage {
  /** The inspections, newest first. */ inspections: InspectionRow[]
  /** Where the next page starts; null at the end. */ next: string | null
}

/** What was written down. */
export interface InspectionPrinted {
  /** What the form is called there. */ title: string
}

/** One inspection in a list. */
export interface InspectionRow {
  /** The day it counts for, `YYYY-MM-DD`. */ business_date: string | null
  /** Its code, where the checklist is known here. */ code: string | null
  /** Who started it. */ created_by: PersonRef | null
  /** What is still owed to it; null unless `digests` was asked for, and where its checklist is not known here. */
  digest: InspectionDigest | null
  /** The inspection. */ id: string
  /** Whether it was entered afterwards (补录). */ late: boolean
  /** How it came about; null where the record does not say. */ mode: InspectionMode | null
  /** When it happened, ms since 1970 UTC. */ occurred_at: number | null
  /** How it went, or goes; null where its checklist is not known here. */ outcome: Outcome | null
  /** What forms of one round share. */ round: string | null
  /** The campus. */ scope: string | null
  /** Where it stands. */ stage: Stage
  /** What it is about: the id of a record, or words. */ subject: string | null
  /** What people call that. */ subject_name: string | null
  /** The reference of the checklist, such as `T01@1`. */ template: string
  /** Its Chinese title. */ title: string | null
  /** Its English title. */ title_en: string | null
}

/** How an item is asked. */
export interface ItemShape {
  /** Its code. */ code: string
  /** How to judge it. */ criterion: string
  /** The same in English; null where the checklist has none. */ criterion_en: string | null
  /** How long a failure may stand, such as `3d`. */ due: DueCode | null
  /** The item whose value this one must reach. */ equals: string | null
  /** The options that need a note and a photo. */ explain: string[]
  /** The options that fail it. */ failing: string[]
  /** Whether "the rest is fine" may fill it. */ is_of_rest: boolean
  /** The range outside of which a value can hardly be meant, and is asked about; null for what is not measured. */
  likely: LimitsView | null
  /** The unit and limits that hold here and now; null for what is not measured or not limited yet. */
  limits: LimitsView | null
  /** The item to answer first, where the limits depend on the disinfection method. */ limits_wait_for: string | null
  /** The things that are counted line by line, to begin with. */ lines: string[]
  /** The points it can earn; null where it is not scored. */ max: number | null
  /** Whether values of different things must be equal. */ must_agree: boolean
  /** What a person writes who has nothing to say. */ nothing: string | null
  /** The options of a choice, as they are stored. */ options: string[]
  /** The same in English, in the same order; empty where the checklist has none. */ options_en: string[]
  /** The points from which a score passes; null for what is not given points. */ passes_from: string | null
  /** When it needs a photo. */ photo: PhotoRule
  /** How many values are asked for at first. */ readings: number
  /** How bad a failure is. */ severity: Severity | null
  /** How many different people must sign. */ signers: number | null
  /** What is checked. */ text: string
  /** The same in English; null where the checklist has none. */ text_en: string | null
  /** How it is answered. */ type: AnswerKind
}

/** One item with its answer. */
export interface ItemView extends ItemShape {
  /** When, ms since 1970 UTC by the clock of the device. */ at: number | null
  /** Who gave the latest answer. */ by: PersonRef | null
  /** Whether this device can take the last answer back. */ can_undo: boolean
  /** The values that different people gave, latest first; empty when they agree. */ conflict: ConflictValue[]
  /** The points it earned; null while it is not judged or where it is not scored. */ earned: string | null
  /** Its finding, where there is one. */ finding: string | null
  /** How the answer came about. */ how: AnswerHow
  /** What it still needs. */ missing: GapKind[]
  /** The note. */ note: string | null
  /** The notes that different people wrote, latest first; empty when they agree. */ note_conflict: ConflictValue[]
  /** The value before any correction, where there was one. */ original: AnswerValue | null
  /** Whether it passed; null while it is not judged. */ passed: boolean | null
  /** The photos, in the order in which they were added. */ photos: PhotoView[]
  /** The answer that counts; null when there is none. */ result: AnswerValue | null
  /** The same in plain words, with its unit; null when there is none. */ result_text: string | null
  /** Where it stands. */ status: ItemStatus
}

/** What the person who works has begun in one form. */
export interface KeptDraft {
  /** The draft; null when there is none. */ draft: DraftView | null
}

/** A sample with its clock. */
export interface KeptSample {
  /** The box. */ box_no: string
  /** Who took it. */ by: PersonRef | null
  /** What its dish is called. */ dish: string
  /** What the fridge is called. */ fridge: string | null
  /** When it was disposed of, ms since 1970 UTC; null where it was not, and for who does not see that. */
  gone_at: number | null
  /** Who disposed of it. */ gone_by: PersonRef | null
  /** Grams. */ grams: string | null
  /** Whether a food incident holds it (封存). */ held: boolean
  /** The row. */ id: string
  /** How long it must still be kept as far as this device can prove, in ms. */ left_ms: number
  /** The meal; null where nothing is known of it here. */ meal: MealTag | null
  /** What is wrong, in the words of the clocks of a card. */ problems: string[]
  /** When it may go, in this device's checked time; null where no clock was checked, where it is held, or where it has gone. */
  ready_at: number | null
  /** What is known of it. */ state: MealSampleState
  /** When it was taken, ms since 1970 UTC. */ taken_at: number
  /** Where to. */ way: string | null
}

/** The samples of a campus. */
export interface KeptSamples {
  /** Whether a person or the server has vouched for the clock of this device. */ is_checked: boolean
  /** The time by this device, ms since 1970 UTC. */ now: number
  /** Those that may go, then those that must be kept, then those that are gone, the last ones first. */
  samples: KeptSample[]
}

/** A value that somebody has changed since. */
export interface KeptValue {
  /** The row. */ id: string
  /** The field. */ label: string
  /** What people call it. */ title: string
}

/** A label to be printed. */
export interface Label {
  /** The point. */ checkpoint: string
  /** What the point is called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** The place of the point in the walking order, from 1. */ place: number
  /** The QR code as SVG. */ svg: string
  /** Its tag. */ tag: string
  /** What the code says, and what is typed where it cannot be read. */ text: string
}

/** The labels of a route. */
export interface LabelSheet {
  /** In walking order. */ labels: Label[]
  /** The points that have none. */ missing: Unlabelled[]
  /** What the route is called. */ route_name: string
}

/** What a class left of a meal. */
export interface LeftoverMeal {
  /** The day, `YYYY-MM-DD`. */ date: string
  /** The row. */ id: string
  /** How much was given out. */ issued: string | null
  /** How much was left. */ leftover: string | null
  /** In what. */ leftover_unit: string | null
  /** The meal; null where nothing is known of it here. */ meal: MealTag | null
  /** How much of a hundred parts; null while a number is missing, and where both are not in one unit. */
  percent: string | null
  /** In what. */ unit: string | null
}

/** Unit and limits; both limits are included. */
export interface LimitsView {
  /** The upper limit. */ max: string | null
  /** The lower limit. */ min: string | null
  /** The unit. */ unit: string
  /** The same on English screens. */ unit_en: string
}

/** A row that a new form begins with. */
export interface LineView {
  /** What its columns begin with. */ cells: Record<string, FieldCell>
  /** Its key. */ key: string
}

/** What a mask leaves of a value. */
export interface MaskedValue {
  /** Which mask: `last4`, `surname` or `hidden`. */ masked: string
  /** What is shown. */ shown: string
}

/** Somebody who ate along. */
export interface MealAccompany {
  /** Who. */ by: PersonRef[]
  /** The form, T08. */ inspection: string
  /** Whether it is submitted. */ submitted: boolean
}

/** A meal. */
export interface MealArgument {
  /** The campus; that of this device when left out. */ campus?: string | null
  /** The day, `YYYY-MM-DD`; today when left out. */ date?: string | null
  /** The campus's second kitchen, or a further one. */ kitchen?: string | null
  /** 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵. */ type: string
}

/** That the meal was cancelled or moved. */
export interface MealCancelled {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef
  /** By which it is taken back. */ id: string
  /** The day that it was moved to, `YYYY-MM-DD`. */ moved_to: string | null
  /** Why. */ reason: string
}

/** How a meal stands. */
export interface MealCard {
  /** Who ate along. */ accompanied: MealAccompany[]
  /** What is missing before service. */ before_service: MealGap[]
  /** That it was cancelled or moved, the last word. */ cancelled: MealCancelled | null
  /** The clocks of its samples, those that may go first; for who sees samples. */ clocks: MealClock[]
  /** Who has closed it. */ closed: MealClosed[]
  /** Whether the day was given or is certain; without it, a person is asked which day it is. */ day_checked: boolean
  /** The deliveries of the day; for who sees those. */ deliveries: MealDelivery[]
  /** The dishes. */ dishes: MealDish[]
  /** What was disinfected of tableware on the day. */ disinfections: MealDisinfection[]
  /** The meal; its record need not be here. */ id: string
  /** Whether somebody vouches for it. */ is_checked: boolean
  /** What went to each class; of classes that the person sees. */ issues: MealIssue[]
  /** What its kitchen is called, where that is not the first of the campus. */ kitchen_name: string | null
  /** Whether the person who works may change dishes, stages and the meal itself. */ may_manage: boolean
  /** Which meal it is. */ meal: MealTag
  /** The time by this device, ms since 1970 UTC. */ now: number
  /** The kitchen's people with their checks; for who sees those. */ people: MealPerson[]
  /** When it is to be on the table, ms since 1970 UTC. */ planned_at: number | null
  /** What is wrong. */ problems: MealProblem[]
  /** What sort of meal: `main`, `snack`, `packaged` or `ordered`. */ profile: string
  /** The same in words. */ profile_name: Phrase
  /** The samples, the void ones left out; for who sees samples. */ samples: MealSample[]
  /** The same, counted. */ service: BeforeService
  /** Numbers that nobody can have measured; for the head, and for who typed them. */ signals: MealSignal[]
  /** The stages, in their order. */ stages: MealStage[]
}

/** The clock of a sample. */
export interface MealClock {
  /** The box. */ box_no: string
  /** The day of its meal, `YYYY-MM-DD`. */ date: string
  /** What its dish is called. */ dish: string
  /** What the fridge is called. */ fridge: string | null
  /** How long it must still be kept as far as this device can prove, in ms. */ left_ms: number
  /** The meal. */ meal: string | null
  /** What is wrong: `grams`, `on-hold`, `early`, `age-unproved`, `hold-broken`, `disposed-on-hold`, `no-receipt`, `repeated`. */
  problems: string[]
  /** When it may go, in this device's checked time; null where no clock was checked, where it is held, or where it has gone. */
  ready_at: number | null
  /** The sample. */ sample: string
  /** What is known of it. */ state: MealSampleState
}

/** That the meal was closed by a signature; later rows are late. */
export interface MealClosed {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef
  /** How it was made sure who it is. */ how: string
}

/** A delivery of the day. */
export interface MealDelivery {
  /** When, ms since 1970 UTC. */ arrived_at: number
  /** The row. */ id: string
  /** How many lines. */ lines: number
  /** How many of them were rejected, wholly or in part. */ rejected: number
  /** How many signatures are missing. */ signers_left: number
  /** Who brought it. */ supplier: string | null
  /** Whether a licence or the contract of the supplier has certainly ended. */ supplier_out: boolean
}

/** A dish of a meal. */
export interface MealDish {
  /** What children may be allergic to in it. */ allergens: string[]
  /** The banned food that it is, in the word of the list. */ banned: string | null
  /** 主食, 热菜, 汤, 点心, 水果 or 预包装. */ category: string | null
  /** Whether it is cooked through. */ core: MealCore
  /** The readings that fail and were not put right: a retest names all of its pot. */ failing: string[]
  /** Whether it has one: a box that alone holds enough. */ has_sample: boolean
  /** The dish; give it as `dish_id` of a reading and as `dish` of a sample. */ id: string
  /** How long it may still wait, in ms, negative once that is over; null where it does not wait. */
  left_ms: number | null
  /** The lines of deliveries that it was made of; for who sees those. */ lines: MealLine[]
  /** Whether it is made here; null where nobody said. */ made_here: boolean | null
  /** What it is called now. */ name: string
  /** Whether its core temperature may be asked for. */ needs_core: boolean
  /** Whether a sample must be kept of it. */ needs_sample: boolean
  /** Out of the pot. */ out: MealDishTime | null
  /** Whether the week's menu has it. */ planned: boolean
  /** What was measured, oldest first; for who sees temperatures. */ readings: MealReading[]
  /** Dishes that are called alike: a person is offered to say that they are one. */ same_name: string[]
  /** Why it was taken off; it stays listed while a row is about it. */ struck: string | null
  /** On the table. */ table: MealDishTime | null
  /** Minutes that somebody typed in their place. */ typed_min: number | null
  /** How it fares on the way. */ waiting: MealWaiting
}

/** A moment of a dish. */
export interface MealDishTime {
  /** When, ms since 1970 UTC by the clock of the device. */ at: number
  /** Who. */ by: PersonRef
}

/** A disinfection of tableware. */
export interface MealDisinfection {
  /** When it ended; null while it runs. */ ended_at: number | null
  /** The row. */ id: string
  /** How. */ method: string
  /** The shortest time of its method, in minutes. */ min_minutes: string | null
  /** When it began, ms since 1970 UTC. */ started_at: number
}

/** A sample that is gone. */
export interface MealDisposed {
  /** The row of `sample_disposal`. */ id: string
  /** The sample. */ sample: string
  /** What is known of the sample now. */ state: MealSampleState
}

/** One thing that is missing. */
export interface MealGap {
  /** The dish, person, class, line, delivery, disinfection or sample that it is about. */ about: string | null
  /** What: `dishes`, `delivery`, `decision`, `signer`, `check`, `box-temperature`, `core`, `more-cores`, `core-failing`, `sample`, `sample-grams`, `accompany`, `issue`, `leftover`, `disinfect`, `disinfect-runs` or `dispose`. */
  code: string
  /** Whether it is certain; without it, it was only not seen here (本机未见). */ heard: boolean
  /** The stage. */ stage: string
  /** What that is called, or how many; empty where nothing is to be said. */ what: string
}

/** What of the meal went to a class. */
export interface MealIssue {
  /** The class. */ class: string
  /** What it is called. */ class_name: string | null
  /** When that was counted, ms since 1970 UTC. */ counted_at: number | null
  /** How many eat, by the day's attendance of the class; offered, and never copied. */ diners: string | null
  /** The row; null while there is none. */ id: string | null
  /** How much was given out. */ issued: string | null
  /** 补录: it was told late, or by a device that knew that the meal was closed. */ late: boolean
  /** How much was left. */ leftover: string | null
  /** How much of a hundred parts was left. */ leftover_percent: string | null
  /** In what. */ leftover_unit: string | null
  /** In what. */ unit: string | null
  /** Whether there was enough water. */ water_ok: boolean | null
}

/** The label of a sample. */
export interface MealLabel {
  /** What is printed beside the code. */ sample: MealSample
  /** The QR code as SVG. */ svg: string
}

/** The labels of a meal's samples. */
export interface MealLabels {
  /** One a sample, in the order of the card; none for who does not see samples. */ labels: MealLabel[]
}

/** What comparing two ledgers gave. */
export interface MealLedger {
  /** How many things were compared. */ compared: number
  /** Of how many of them the other ledger has what it is to have. */ found: number
  /** The gaps, by day and meal; a hundred at most. */ gaps: MealLedgerGap[]
  /** What a gap of it says. */ lacks: Phrase
  /** Which: `menu`, `deliveries`, `checks`, `cores`, `samples`, `disposals`, `accompany`, `issues`, `leftovers`, `disinfection`, `additives` or `waste`. */
  ledger: string
  /** What it is called. */ name: Phrase
  /** How many of those that were found rest on a time that nobody can prove (待核). */ unproved: number
  /** How many gaps were only not heard of. */ unseen: number
}

/** One gap between two ledgers. */
export interface MealLedgerGap {
  /** The dish, person, class or record that it is about. */ about: string | null
  /** How many things it stands for. */ count: number
  /** The day, `YYYY-MM-DD`. */ date: string
  /** Whether it is certain; without it, it was only not seen here (本机未见, 未到报). */ heard: boolean
  /** What its kitchen is called; empty for the first of a campus, and where it is of the day. */ kitchen: string
  /** Which meal; null where it is of the day. */ meal: string | null
  /** What that is called; empty where nothing is to be said. */ what: string
}

/** The ledgers of some days. */
export interface MealLedgers {
  /** The first day, `YYYY-MM-DD`. */ from: string
  /** Each two ledgers, in their order. */ ledgers: MealLedger[]
  /** The last day. */ to: string
}

/** What was left on some days. */
export interface MealLeftovers {
  /** The classes, those that leave too much first. */ classes: ClassLeftovers[]
  /** The dishes, those of whose meals most was left first. */ dishes: DishLeftovers[]
  /** The limit, of a hundred parts. */ limit: string
}

/** One line of a delivery that may be linked to a dish. */
export interface MealLine {
  /** Its batch. */ batch: string | null
  /** The day of its delivery, `YYYY-MM-DD`. */ day: string | null
  /** The line. */ id: string
  /** What came. */ item_name: string
  /** Who brought it. */ supplier: string | null
}

/** The meals of a day. */
export interface MealList {
  /** Samples of other days that may go, or went too early, those that may go first; for who sees samples. */
  clocks: MealClock[]
  /** The day, `YYYY-MM-DD`. */ date: string
  /** Whether the day was given or is certain. */ day_checked: boolean
  /** Its meals, in the order of the day; empty on a day without meals (未供餐). */ meals: MealRow[]
}

/** Somebody of the kitchen in one session of the day. */
export interface MealPerson {
  /** How the health certificate stands: `valid`, `soon`, `ended`, or `unseen` where none is here; null for a helper, and for who may not see certificates. */
  certificate: string | null
  /** What a helper is called. */ helper: string | null
  /** Who; null for a helper without a record. */ person: PersonRef | null
  /** 晨 or 午. */ session: string
  /** `out`, `missing`, `unmeasured`, `to_mend`, `unconfirmed`, `works` or `away`. */ state: string
  /** The checks of theirs that wait for a decision, for who may give it: `entry.act` takes each with the act `decide`. */
  waits: string[]
}

/** Something that is wrong. */
export interface MealProblem {
  /** The record, dish or person that it is about. */ about: string | null
  /** What, such as `early`, `on-hold`, `box-twice`, `core`, `unfit` or `chilled`. */ code: string
  /** The finding of its cause, where one is here and is seen. */ finding: string | null
  /** What it is about, in words: a dish, a line, a box; empty where nothing is to be said. */ what: string
}

/** A temperature of a dish. */
export interface MealReading {
  /** When, ms since 1970 UTC. */ at: number
  /** Which pot. */ batch: string | null
  /** Who. */ by: PersonRef | null
  /** ℃. */ c: string
  /** Whether it fails and was not put right. */ failing: boolean
  /** The row. */ id: string
  /** 补录: it was told late, or by a device that knew that the meal was closed. */ late: boolean
  /** The readings that it measures again. */ retest_of: string[]
  /** 中心温度, 热藏 or 供餐. */ what: string
}

/** Something of a meal that the device reminds of while the app runs. Two that are equal are one: it sounds once. */
export interface MealReminder {
  /** The dish or the sample; of what is missing before service the meal. */ about: string
  /** What of: `retest`, `to-table`, `before-service` or `sample-due`. */ code: string
  /** The day of the meal, `YYYY-MM-DD`; null where the meal is not known here. */ date: string | null
  /** Its kitchen; null for the first of the campus. */ kitchen: string | null
  /** Which meal. */ meal: string | null
  /** The name of the dish, or how many things are missing. */ what: string
}

/** One meal of a day, as a list shows it. */
export interface MealRow {
  /** Whether it was cancelled. */ cancelled: boolean
  /** Whether somebody has closed it. */ closed: boolean
  /** How many stages are done, of those that are needed. */ done: number
  /** The meal. */ id: string
  /** What its kitchen is called, where that is not the first of the campus. */ kitchen_name: string | null
  /** Which it is. */ meal: MealTag
  /** How many stages are needed. */ needed: number
  /** The stage that is to be done now; null where none is. */ now: Phrase | null
  /** When it is to be on the table, ms since 1970 UTC. */ planned_at: number | null
  /** How many things are wrong. */ problems: number
  /** How many samples may go. */ ready: number
  /** What is missing before service, counted. */ service: BeforeService
}

/** A sample of a meal. */
export interface MealSample {
  /** The box. */ box_no: string
  /** Who took it. */ by: PersonRef | null
  /** The dish; null for 菜单外留样. */ dish: string | null
  /** What the dish is called. */ dish_name: string
  /** Whether the box alone holds enough. */ enough: boolean
  /** What the fridge is called. */ fridge: string | null
  /** Grams. */ grams: string | null
  /** The row. */ id: string
  /** What its code says: a tablet that never got the record counts and disposes from it. */ label: string
  /** From when it may go, in checked time; null where the clock of its device was not checked (时钟未核对). */
  label_ready_at: number | null
  /** 补录: it was told late, or by a device that knew that the meal was closed. */ late: boolean
  /** The short code, written by hand where there is no printer. */ short: string
  /** When it was taken, ms since 1970 UTC. */ taken_at: number
}

/** A sample as a scan finds it. */
export interface MealScan {
  /** The box. */ box_no: string | null
  /** What its dish is called. */ dish: string
  /** Grams. */ grams: string | null
  /** Whether its record is here; else only its label is known. */ known: boolean
  /** How long it must still be kept as far as this device can prove, in ms. */ left_ms: number
  /** When it may go, in this device's checked time; null where no clock was checked, or where it is sealed. */
  ready_at: number | null
  /** The sample. */ sample: string
  /** Whether a food incident holds it (封存). */ sealed: boolean
  /** What is known of it. */ state: MealSampleState
}

/** One number that nobody is likely to have measured: it was typed into three dishes or more within a second, or stands for one fridge day after day. */
export interface MealSignal {
  /** The fridge and its days; null for dishes within a second. */ days: SameDays | null
  /** Who typed them. */ people: PersonRef[]
  /** The readings. */ rows: string[]
}

/** A stage of a card. */
export interface MealStage {
  /** Whether a person may say that it is not needed. */ may_waive: boolean
  /** What is missing of it. */ missing: MealGap[]
  /** What it is called. */ name: Phrase
  /** `menu`, `delivery`, `check`, `arrival`, `cook`, `sample`, `accompany`, `issue`, `leftover`, `disinfect` or `dispose`. */
  stage: string
  /** `done`, `now`, `open`, `later` or `not_needed`. */ state: string
  /** That somebody did. */ waived: MealWaived | null
}

/** Which meal: give it back as `meal` with a change. */
export interface MealTag {
  /** The day, `YYYY-MM-DD`. */ date: string
  /** The campus's second kitchen, or a further one; null for the first. */ kitchen: string | null
  /** 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵. */ type: string
}

/** What is linked, and what is not. */
export interface MealTrace {
  /** The dishes. */ dishes: TraceDish[]
  /** The lines. */ lines: TraceLine[]
  /** Dishes that are linked to no line: of the meal, or of the days after the lines came. */ unlinked_dishes: string[]
  /** Lines of these days that are linked to no dish. */ unlinked_lines: TraceLine[]
}

/** That a person said that a stage is not needed. */
export interface MealWaived {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef
  /** Why. */ reason: string
}

/** A dish that the meal has otherwise than the menu. */
export interface MenuChange {
  /** What it is called now. */ name: string
  /** Why it was taken off; null where it was not. */ struck: string | null
  /** What the menu calls it; null for one that was added. */ was: string | null
}

/** A dish that is planned. */
export interface MenuDish {
  /** What children may be allergic to in it. */ allergens: string[]
  /** 主食, 热菜, 汤, 点心, 水果 or 预包装. */ category: string | null
  /** The dish of that meal. */ id: string
  /** Whether it is made here; null where nobody said. */ made_here: boolean | null
  /** What it is called. */ name: string
}

/** Dishes that were planned before. */
export interface MenuKnown {
  /** The banned food that what was typed is, in the word of the list: the menu refuses it. */ banned: string | null
  /** Those that stood there most often come first. */ dishes: MenuKnownDish[]
}

/** A dish that was planned before. */
export interface MenuKnownDish {
  /** What children may be allergic to in it. */ allergens: string[]
  /** 主食, 热菜, 汤, 点心, 水果 or 预包装; as it was planned last. */ category: string | null
  /** The last day of it, `YYYY-MM-DD`. */ last: string
  /** Whether it is made here; null where nobody said. */ made_here: boolean | null
  /** What it is called. */ name: string
  /** On how many meals it stood. */ times: number
}

/** A meal of a day of the week. */
export interface MenuMeal {
  /** What was changed on the meal itself (换菜登记). */ changes: MenuChange[]
  /** The day, `YYYY-MM-DD`. */ date: string
  /** Its dishes, as they are planned. */ dishes: MenuDish[]
  /** Whether the campus serves it on that day. */ served: boolean
  /** Which meal. */ type: string
}

/** The menu of a week. */
export interface MenuWeek {
  /** Whether the person who works may write it. */ may_write: boolean
  /** Its meals: those that are served, and those that have dishes, in the order of the week. */ meals: MenuMeal[]
  /** Its Monday, `YYYY-MM-DD`. */ monday: string
  /** Give it back as `seen` with a change; null while nobody has written one. */ version: string | null
}

/** One thing that was merged without asking anybody. */
export interface MergedView {
  /** How many items it is about. */ items: number
  /** What was merged. */ kind: MergedKind
  /** What people call the field; null for [`MergedKind::Answered`]. */ label: string | null
  /** The same in English. */ label_en: string | null
  /** Who is concerned. */ people: PersonRef[]
  /** The value that counts in plain words; null for [`MergedKind::Answered`]. */ text: string | null
  /** The same in English. */ text_en: string | null
}

/** The lower limits of one way of disinfection. */
export interface MethodInput {
  /** The lowest concentration of available chlorine in mg/L. */ chlorine_mg_l?: string | null
  /** The shortest time in minutes. */ minutes?: string | null
  /** The lowest temperature in ℃. */ temp_c?: string | null
}

/** The ways of disinfection by what is disinfected. */
export interface MethodsInput {
  /** 餐具. */ tableware: Record<string, MethodInput>
  /** 巾杯. */ towels: Record<string, MethodInput>
}

/** One thing that an item still needs. */
export interface Missing {
  /** The item. */ item: string
  /** What it needs. */ needs: GapKind
}

/** What one line of a register's declaration expects and is not here yet, of all places together. */
export interface MissingGroup {
  /** How many are missing. */ count: number
  /** The register. */ kind: string
  /** As in a row. */ mine: boolean
  /** What each is for: `class`, `kitchen`, `fridge` or another sort of area; null where it is not one for each place. */
  per: string | null
  /** What people call that. */ register: Phrase
  /** As in a row. */ until: string | null
  /** What is missing wherever it is missing, such as 毛巾; of one place that place as well. Empty where the register says it all. */
  what: Phrase
}

/** Something that a register expects today and that is not here yet. */
export interface MissingRow {
  /** The register. */ kind: string
  /** Whether it is the work of who asks; what is somebody else's they may write as well. */ mine: boolean
  /** The area that it is for. */ place: string | null
  /** What people call that. */ register: Phrase
  /** The last day of the span that it is expected in, where that is more than today, `YYYY-MM-DD`. */
  until: string | null
  /** What is missing: a place and what for; empty where the register says it all. */ what: Phrase
}

/** Somebody, at some time. */
export interface Moment {
  /** When, ms since 1970 UTC. */ at: number
  /** The id, or the name on the command line, under which the record has the person. */ id: string
  /** The name, where a record of the person is here. */ name: string | null
}

/** A record without a register that names a person. */
export interface NamingRecord {
  /** The day that it belongs to, `YYYY-MM-DD`. */ day: string | null
  /** The record. */ id: string
  /** Its kind. */ kind: string
  /** The kind in Chinese. */ kind_zh: string
  /** What people call it. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
}

/** What the records are narrowed down by. */
export interface Narrowing {
  /** The field. */ field: string
  /** The record that stands in it. */ id: string
}

/** A step that may be taken. */
export interface NextStep {
  /** Whether it takes somebody to give it to. */ assignee: StepNeed
  /** The same as a code. */ code: StepCode
  /** Whether it takes what it cost. */ cost: StepNeed
  /** Whether it takes a time. */ due: StepNeed
  /** Whether it takes a note. */ note: StepNeed
  /** Whether it takes photos. */ photos: StepNeed
  /** As it is stored and shown. */ step: string
}

/** A note as it is stored. */
export interface NoteValue {
  /** When, ms since 1970 UTC. */ at: number
  /** Who wrote it. */ by: string | null
  /** What it says. */ text: string
}

/** A step that is offered since the cause of a finding is gone; nobody takes it but a person. */
export interface OfferView {
  /** Why, as the note of the step. */ note: string
  /** The same in English. */ note_en: string
  /** The step. */ step: StepCode
}

/** An item that a point may bear. */
export interface OfferedItem {
  /** The title of its checklist. */ checklist: string
  /** The same in English. */ checklist_en: string
  /** Its code. */ code: string
  /** Whether it is one of the seven of the daily fire patrol. */ fire: boolean
  /** What it asks. */ text: string
  /** The same in English; null where it has none. */ text_en: string | null
}

/** A built-in route that a campus may take over. */
export interface OfferedRoute {
  /** Its code, such as `S-DAY`. */ code: string
  /** What it is called. */ name: string
  /** The same in English. */ name_en: string
  /** How many points it has. */ points: number
}

/** Something to choose. */
export interface OptionView {
  /** What people call it. */ label: string
  /** The same in English. */ label_en: string
  /** What is stored. */ value: string
}

/** An organisation. */
export interface OrganisationRef {
  /** Its id. */ id: string
  /** Its name. */ name: string
}

/** The answer or the visit that a finding follows from. */
export interface OriginView {
  /** When, ms since 1970 UTC. */ at: number | null
  /** Who answered. */ by: PersonRef | null
  /** The inspection; null where it was found on a round. */ inspection: string | null
  /** The code of the item; null where a visit says what is wrong, and no item. */ item: string | null
  /** What is checked. */ item_text: string | null
  /** The same in English; null where the checklist has none. */ item_text_en: string | null
  /** Whether the person sees the whole form or round, and not this answer alone. */ may_open: boolean
  /** The note. */ note: string | null
  /** The round; null where it was found on an inspection. */ patrol_run: string | null
  /** The answer in plain words, with its unit. */ result_text: string | null
  /** The same in English. */ result_text_en: string | null
  /** What it is about, as people call that. */ subject_name: string | null
  /** What people call it: the title of its checklist, or the name of its route; null for who sees no routes. */
  title: string | null
  /** The same in English. */ title_en: string | null
}

/** How a form went, in one line. */
export interface Outcome {
  /** How many items are answered, 不适用 included. */ answered: number
  /** How many are asked. */ asked: number
  /** How many failed. */ failed: number
  /** Percent, to one place; null for a form without points, and for one that is not filled in. */
  percent: string | null
  /** How many of those cross the red line. */ red_lines: number
  /** The verdict on the whole; `incomplete` while something is unanswered and no red line is crossed. */
  verdict: Verdict
  /** The same in Chinese. */ verdict_zh: string
}

/** A step without effect on the state. */
export interface OverruledView {
  /** The step. */ step: string
  /** Why. */ why: OverruledWhy
}

/** What this device knows of a page. */
export interface PaperChecked {
  /** What was signed, to be compared with the page by eye; null where it is not here. */ content: PaperContent | null
  /** The number of the last revision that is here; null where the paper is not known here. */ last: number | null
  /** The record of the paper. */ paper: string
  /** The number of the revision that the code names. */ revision: number
  /** How many rows the page has, by its code. */ rows: number
  /** How it is known. */ state: PaperStateCode
}

/** What was signed. */
export interface PaperContent {
  /** The campus. */ campus: string | null
  /** The headings. */ columns: string[]
  /** How many cells had been corrected. */ corrected: number
  /** The first day; null for everything that was on file. */ from: string | null
  /** How many things were missing. */ gaps: number
  /** Whose it is. */ organisation: string | null
  /** The place that it is of. */ place: string | null
  /** The cells as they were printed. */ rows: string[][]
  /** Who had signed. */ signatures: PaperSigner[]
  /** The title. */ title: string
  /** The last day. */ to: string | null
  /** How many void rows were left out. */ void: number
}

/** A paper that was signed. */
export interface PaperSigned {
  /** The code that its pages bear. */ code: string
  /** The SHA-256 of what was signed, in hex. */ digest: string
  /** The id of the revision. */ entry: string
  /** The record of the paper. */ paper: string
  /** The number of its new revision. */ revision: number
}

/** Somebody who had signed. */
export interface PaperSigner {
  /** When, ms since 1970 UTC. */ at: number
  /** How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`. */ how: string
  /** What they were called. */ name: string
}

/** An account and its new password. */
export interface Password {
  /** The name to sign in with. */ name: string
  /** The password; it is kept nowhere, so this is the only time that it is shown. */ password: string
}

/** Somebody stands at a point and has not said how it is. */
export interface PatrolArrival {
  /** How long ago that was at least, in ms; null where no clock can tell. */ ago_ms: number | null
  /** When they arrived, ms since 1970 UTC by the clock of the device. */ at: number
  /** How the point was told. */ how: ReadHow
}

/** What a reading came to. */
export interface PatrolArrived {
  /** The point; null for a tag that belongs to none of the route, which is kept with its time all the same. */
  checkpoint: string | null
  /** The point that the tag hung at, or hangs at. */ name: string | null
  /** The scan that was kept. */ scan: string | null
  /** Whether the tag belongs to no point of the route. */ unknown: boolean
  /** What its author has seen now. */ version: string
  /** Why. */ why: PatrolStray | null
}

/** What somebody should know before the first point; what is not known here, or not to be seen, is null. */
export interface PatrolBefore {
  /** How much room the disk of this device has left, in bytes. */ free_bytes: number | null
  /** What the last shift has left open. */ handover: PatrolHandover | null
  /** Whom to call where something is dangerous. */ leader: PatrolDutyLeader | null
}

/** One day of patrols. */
export interface PatrolBoard extends PatrolDay {
  /** When this device last heard of the others, ms since 1970 UTC; null where it never did. */ as_of: number | null
  /** The walks outside of all windows (临时). */ extras: PatrolWalk[]
  /** Whether it is today's. */ is_today: boolean
  /** The windows that are due, by the time at which they begin. */ windows: PatrolBoardWindow[]
}

/** A window of the day with its walks. */
export interface PatrolBoardWindow extends PatrolCoverageRow {
  /** The walks of it, in the order in which they began. */ walks: PatrolWalk[]
}

/** A count of boarders that a point asks for. */
export interface PatrolBoarders {
  /** Who has counted for this business day, and when (宿管已点); null while nobody has (待宿管). */
  counted: PatrolMoment | null
  /** How many there should be, for who may count; null where nobody has said how many live there, or that cannot be told of a part. */
  expected: PatrolBoardersExpected | null
  /** Whether the person who works may count. */ may_count: boolean
}

/** How many boarders should be at a point. */
export interface PatrolBoardersExpected {
  /** How many of them are away. */ away: number
  /** How many live there. */ living: number
  /** How many are to be found there. */ number: number
}

/** One correction of a run, or its void. */
export interface PatrolCorrection {
  /** The point of the visit. */ checkpoint: string | null
  /** What this correction says instead; null where a visit does not count, or a run counts for no window. */
  now: string | null
  /** What was corrected. */ part: PatrolCorrected
  /** Why. */ reason: string | null
  /** Who says so, and when. */ said: PatrolMoment
  /** Whether it still holds: no later one has taken its place. */ stands: boolean
  /** Who made the visit, and when they arrived. */ visited: PatrolMoment | null
  /** What was written at first: a day, the name of a window, or what a visit had found; null for nothing. */
  was: string | null
}

/** What was covered. */
export interface PatrolCoverage {
  /** The key areas by day; left out where one route is asked for, since others walk there, too. */ days: PatrolDay[]
  /** The windows that were due, by the time at which they begin. */ rows: PatrolCoverageRow[]
}

/** A window of a day. */
export interface PatrolCoverageRow {
  /** How many with something that was found. */ abnormal: number
  /** How many only by hand. */ by_hand: number
  /** How many only by scans that were given to the point later. */ claimed: number
  /** How many were visited. */ covered: number
  /** The business day, `YYYY-MM-DD`. */ day: string
  /** How many only by what was entered afterwards (补录). */ entered: number
  /** The finding that somebody has made of what is missing; null where there is none to be seen. */
  finding: string | null
  /** When it begins, ms since 1970 UTC. */ from: number
  /** Whether what is missing is known to be missing; without it, it was only not seen here. */ heard: boolean
  /** How many only after the end of the window. */ late: number
  /** The names of the points that were not visited, as far as is known here. */ missed: string[]
  /** The same in English, in the same order; null where nobody wrote it. */ missed_en: (string | null)[]
  /** What it reports as a whole. */ nil: WindowNil
  /** How many neither late nor entered afterwards. */ on_time: number
  /** How many points there are. */ points: number
  /** Why they were not, in the same order. */ reasons: string[][]
  /** The route. */ route: string
  /** What it is called. */ route_name: string
  /** The same in English; null where nobody wrote it. */ route_name_en: string | null
  /** How many runs were walked. */ runs: number
  /** How many only by stays that were certainly too short. */ short: number
  /** Where it stands. */ state: WindowState
  /** When it is over, ms since 1970 UTC. */ to: number
  /** The devices that were not heard from since it was over and may still bring a walk, by their names; the office knows them. */
  waiting: string[]
  /** The window. */ window: string
  /** What it is called. */ window_name: string
  /** The same in English; null where nobody wrote it. */ window_name_en: string | null
}

/** The key areas of a business day. */
export interface PatrolDay {
  /** The key areas, the least walked first. */ areas: PatrolKeyArea[]
  /** The business day, `YYYY-MM-DD`. */ day: string
  /** For how many hours at most nobody is to be in a key area while it is in use. */ gap_h: string
  /** Whether it is a school day. */ is_school: boolean
  /** In how many windows each is to be walked. */ needed: string
}

/** The windows of a day. */
export interface PatrolDue {
  /** When this device last heard of the others, ms since 1970 UTC; null where it never did. */ as_of: number | null
  /** The windows, in the order in which they begin. */ windows: PatrolWindow[]
}

/** Who leads the shift. */
export interface PatrolDutyLeader {
  /** Who. */ person: PersonRef | null
  /** The telephone of the duty, as it stands on the roster; null where it names none. */ phone: string | null
}

/** 同事已到: somebody else of the same window, or of the same walk, was at a point. */
export interface PatrolElsewhere {
  /** When they arrived, ms since 1970 UTC; where it was told, when that was. */ at: number
  /** Who; null where that is not known. */ by: PersonRef | null
  /** Whether only the code on a colleague's screen says so; it counts when that run arrives. */ told: boolean
}

/** What of a walk, or of a window, is covered; each but `points`, `missed` and `abnormal` is a part of `covered`. */
export interface PatrolFigures {
  /** How many with something that was found. */ abnormal: number
  /** How many only by hand. */ by_hand: number
  /** How many only by scans that were given to the point later. */ claimed: number
  /** How many were visited. */ covered: number
  /** How many only by what was entered afterwards (补录). */ entered: number
  /** How many only after the end of the window. */ late: number
  /** How many were not visited, as far as is known here. */ missed: number
  /** How many neither late nor entered afterwards. */ on_time: number
  /** How many points there are. */ points: number
  /** How many only by stays that were certainly too short. */ short: number
}

/** A run that was finished. */
export interface PatrolFinished {
  /** What of it is covered; those who walk along are counted in. */ coverage: PatrolFigures
  /** Whether who finishes has found nothing on their own visits. */ nil: boolean
  /** What its author has seen now. */ version: string
}

/** The items of a point of a run. */
export interface PatrolForm {
  /** The findings of its items on this run. */ findings: FindingRow[]
  /** The run. */ id: string
  /** What is still needed, in order. */ missing: Missing[]
  /** The item to go to next; null when nothing is missing. */ next_gap: string | null
  /** Score and verdict so far. */ score: ScoreView
  /** The items by section, in order. */ sections: SectionView[]
  /** Give it back as `seen` with the next answer. */ version: string
}

/** What one shift has handed to the next. */
export interface PatrolHandover {
  /** When, ms since 1970 UTC. */ at: number | null
  /** Who handed over. */ from: PersonRef | null
  /** The row. */ id: string
  /** What was said, oldest first. */ notes: string[]
  /** The things of which some are missing. */ short: string[]
}

/** What the screen of a run shows to a colleague's tablet. */
export interface PatrolInvitation {
  /** What the code says. */ code: string
  /** How many points it tells as reached. */ reached: number
  /** The same as a QR code, as SVG. */ svg: string
}

/** A run that takes part in a walk. */
export interface PatrolJoined extends PatrolStarted {
  /** How many points the code tells as reached; null where the route is another one here by now, so that its points cannot be told. */
  reached: number | null
}

/** A key area on one business day. */
export interface PatrolKeyArea {
  /** The area. */ area: string
  /** 待核: of a gap no clock can tell. */ gap_unknown: boolean
  /** The longest time without anybody while it was in use, in minutes; null with fewer than two visits. */
  longest_gap_min: number | null
  /** What it is called. */ name: string | null
  /** In how many windows somebody was there. */ rounds: number
  /** Why nobody was to walk there; null where somebody was, and where somebody did. */ why_not: PatrolNotAsked | null
}

/** Why a point was not visited. */
export interface PatrolMissed {
  /** When, ms since 1970 UTC. */ at: number | null
  /** Who says so. */ by: PersonRef | null
  /** Why. */ reason: string
}

/** A point that was not visited. */
export interface PatrolMissedGiven {
  /** The point. */ checkpoint: string
  /** Why. */ reason: string
}

/** Somebody, at some time. */
export interface PatrolMoment {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef | null
}

/** A run that is open on this device. */
export interface PatrolOpenRun {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef | null
  /** The run. */ id: string
}

/** The patrol that a finding follows from: a round that found it, or a gap in a window. */
export interface PatrolOriginView {
  /** The business day of the gap, `YYYY-MM-DD`; null where it is a round. */ day: string | null
  /** The round; null where it is a gap, which no round has left. */ run: string | null
}

/** A time for which a walk was broken off. */
export interface PatrolPause {
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef | null
  /** Its id. */ id: string
  /** Its place in the order of the run. */ n: number
  /** Why. */ reason: string
  /** When it went on, ms since 1970 UTC; null while it has not. */ until: number | null
}

/** A point of a run, as it stands. */
export interface PatrolPoint {
  /** The name of its area. */ area_name: string | null
  /** Who stands there now. */ arrival: PatrolArrival | null
  /** The count of boarders that is asked for there; null where none is. */ boarders: PatrolBoarders | null
  /** 同事已到: the first visit of another run of the same window, else what a colleague's screen has told. */
  elsewhere: PatrolElsewhere | null
  /** What is open there, whoever found it. */ findings: FindingRow[]
  /** The point. */ id: string
  /** How many items may be answered there. */ items: number
  /** What to look at; null where nothing is said. */ look_at: string | null
  /** The same in English; null where nobody wrote it. */ look_at_en: string | null
  /** The shortest believable stay, in seconds. */ min_seconds: number
  /** Why it was not visited; it hides no visit. */ missed: PatrolMissed | null
  /** Whether some of them are opened before it is closed. */ must: boolean
  /** What it is called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** What was written there on this run. */ note: string | null
  /** Whether a visit asks for a photo. */ photo: boolean
  /** What was photographed there on this run. */ photos: PhotoView[]
  /** Its place in the walking order. */ seq: number
  /** The visits of this run, in their order. */ visits: PatrolVisit[]
}

/** One round. */
export interface PatrolRun {
  /** What was corrected or declared void, oldest first; the original stays readable here. */
  corrections: PatrolCorrection[]
  /** What of it is covered; those who walk along are counted in. */ coverage: PatrolFigures
  /** The business day, `YYYY-MM-DD`. */ day: string
  /** When it was first finished, ms since 1970 UTC. */ finished_at: number | null
  /** When the window begins, ms since 1970 UTC. */ from: number | null
  /** The run. */ id: string
  /** Whether it was begun on this device. */ is_here: boolean
  /** Whether it is walked at night. */ is_night: boolean
  /** Why it was entered afterwards. */ late_reason: string | null
  /** Who began it. */ lead: PersonRef | null
  /** Where to go next; null when nothing is left. */ next: string | null
  /** Whether who works can sign that they have found nothing. */ nil: boolean
  /** What was found at no point. */ on_the_way: FindingRow[]
  /** When it was broken off, in the order of the run; the last one goes on where it has no end. */
  pauses: PatrolPause[]
  /** Its points in walking order, and those that were visited besides. */ points: PatrolPoint[]
  /** The route. */ route: string
  /** What it was called. */ route_name: string
  /** The same in English; null where nobody wrote it. */ route_name_en: string | null
  /** The scans that belong to no point. */ scans: PatrolScan[]
  /** What to look at: all of it for the head, of their own acts for who walked; null for others. */
  signals: PatrolSignal[] | null
  /** Whether that is enough for its window. */ signing: PatrolSigning
  /** Who has signed. */ signs: PatrolSign[]
  /** Where it stands. */ stage: PatrolStage
  /** When it was begun, ms since 1970 UTC. */ started_at: number
  /** When it is over, ms since 1970 UTC. */ to: number | null
  /** Give it back as `seen` with the next change. */ version: string
  /** The run that it goes along with. */ walk: string | null
  /** The window; null for a walk outside of all windows (临时). */ window: string | null
  /** What it was called. */ window_name: string | null
  /** The same in English; null where nobody wrote it. */ window_name_en: string | null
  /** The windows of its route as it was walked: a run that was walked for another one is corrected to it. */
  windows: PatrolWindowChoice[]
}

/** A scan that belongs to no point of the route. */
export interface PatrolScan {
  /** When, ms since 1970 UTC. */ at: number
  /** Who read it. */ by: PersonRef | null
  /** The point that it was given to. */ claimed: string | null
  /** How. */ how: ReadHow
  /** By which it is given to a point. */ id: string
  /** What was read. */ tag: string
}

/** A signature under somebody's own part of a run, or of the second under those of others. */
export interface PatrolSign {
  /** How many visits that it would speak of came after it (签后新增). */ added: number
  /** When, ms since 1970 UTC. */ at: number
  /** Who. */ by: PersonRef
  /** How many of them read otherwise by now, or are gone (签后更正). */ changed: number
  /** How it was made sure who it is: `pin`, `set_by_other`, `session` or `none` (未核验), which counts for nothing. */
  how: string
  /** Whether it says that nothing was found. */ nil: boolean
  /** How many visits it speaks of. */ points: number
  /** As what. */ role: SignRole
  /** The lines. */ strokes: Strokes
}

/** Something to look at; it accuses nobody. */
export interface PatrolSignal {
  /** By how many seconds a stay was too short. */ by_s: number | null
  /** The points that it is about. */ checkpoints: string[]
  /** The other round on which a photo stood before, where who works sees that one. */ earlier: string | null
  /** What. */ kind: PatrolSignalKind
}

/** One signal, and the walk that it stands on. */
export interface PatrolSignalRow extends PatrolSignal {
  /** Its business day, `YYYY-MM-DD`. */ day: string
  /** Why it was entered afterwards. */ late_reason: string | null
  /** Whose acts it is about. */ people: PersonRef[]
  /** The names of the points that it is about. */ points: string[]
  /** Its route, as it was called then. */ route_name: string | null
  /** The same in English; null where nobody wrote it. */ route_name_en: string | null
  /** The walk. */ run: string
  /** Its window; null for a walk outside of all windows (临时). */ window: string | null
  /** What it was called; null where its plan is not here. */ window_name: string | null
  /** The same in English; null where nobody wrote it. */ window_name_en: string | null
}

/** What may be looked at. */
export interface PatrolSignals {
  /** The newest day first, and of a day the last walk. */ rows: PatrolSignalRow[]
}

/** A run that was signed. */
export interface PatrolSigned {
  /** How many persons have still to sign for its window. */ missing: number
  /** As what it was signed. */ role: SignRole
  /** What its author has seen now. */ version: string
  /** For how many visits. */ visits: number
}

/** Who has signed for the window of a run, and who must. */
export interface PatrolSigning {
  /** Whether the second is missing: somebody who has walked no part of the window. */ lacks_second: boolean
  /** How many of them are missing; who walked counts as one side, however many have signed. */ missing: number
  /** How many persons must sign: two for the daily fire patrol, else one. */ needed: number
  /** As what who works would sign; null for who may not, or has walked another run of the window. */
  role: SignRole | null
  /** The digest of the visits; give it to `person.vouch`, with the act `sign` and the run as record. */ saw: string
  /** Whose signatures count, each once. */ signed: PersonRef[]
  /** Who has walked a part of the window, on whatever run, and so is no second under it. */ walkers: string[]
}

/** A run that was begun. */
export interface PatrolStarted {
  /** The business day that it counts for, `YYYY-MM-DD`. */ day: string
  /** The run. */ id: string
  /** Where to go first; null when nothing is left. */ next: string | null
  /** Whether it was open already. */ resumed: boolean
  /** What its author has seen now. */ version: string
  /** The window; null for a walk of its own (临时). */ window: string | null
}

/** A visit that was taken back. */
export interface PatrolUndone {
  /** The point. */ checkpoint: string
  /** Where to go next. */ next: string | null
  /** What its author has seen now. */ version: string
  /** The visit. */ visit: string
}

/** One visit to a point. */
export interface PatrolVisit {
  /** When they arrived, ms since 1970 UTC by the clock of the device. */ arrived: number
  /** Who. */ by: PersonRef | null
  /** How the point was told. */ how: ReadHow
  /** By which it is taken back. */ id: string
  /** 缺照片: the point asks for a photo, and there is none. */ lacks_photo: boolean
  /** 无理由: it was made by hand, and neither a reason nor a photo says why. */ lacks_reason: boolean
  /** Whether it was certainly after the end of the window. */ late: boolean
  /** Its place in the order of the run. */ n: number
  /** Why no tag was read. */ reason: string | null
  /** What was found. */ result: PatrolResult
  /** Whether that is certainly shorter than asked for. */ short: boolean
  /** How long they stayed at most, in seconds; null where that is not known. */ stay_s: number | null
  /** The open findings that were still there. */ still: string[]
}

/** A visit that was kept. */
export interface PatrolVisited {
  /** The point; null for a tag that belongs to none of the route. */ checkpoint: string | null
  /** The finding that it gave rise to, where no item says what is wrong. */ finding: string | null
  /** Where to go next; null when nothing is left. */ next: string | null
  /** By how many seconds the stay is too short by now; null where no clock can tell. */ short_by_s: number | null
  /** Whether the tag belongs to no point of the route; it is kept as a scan then, and nothing was visited. */
  unknown: boolean
  /** What its author has seen now. */ version: string
  /** The visit, by which it is taken back. */ visit: string | null
  /** Why. */ why: PatrolStray | null
}

/** One walk. */
export interface PatrolWalk {
  /** 补录: it was entered afterwards. */ entered: boolean
  /** When it was first finished, ms since 1970 UTC; null while it is open. */ finished_at: number | null
  /** Who began it. */ lead: PersonRef | null
  /** The route, as it was called then. */ route_name: string | null
  /** The same in English; null where nobody wrote it. */ route_name_en: string | null
  /** The run. */ run: string
  /** When it was begun, ms since 1970 UTC. */ started_at: number
  /** How many scans of it belong to no point, and were given to none. */ strays: number
  /** How many points it visited. */ visited: number
  /** 作废. */ void: boolean
}

/** One window of one business day of one route. */
export interface PatrolWindow {
  /** How many of them were visited, as far as is known here. */ covered: number
  /** The business day, `YYYY-MM-DD`: of a night that of its evening. */ day: string
  /** When it begins, ms since 1970 UTC. */ from: number
  /** Whether what is missing is known to be missing; without it, it was only not seen here. */ heard: boolean
  /** Whether it is over and may still be begun late: the next window of the route has not begun. After that it is only entered afterwards (补录). */
  may_be_late: boolean
  /** What it reports as a whole. */ nil: WindowNil
  /** How many points it has. */ points: number
  /** The route. */ route: string
  /** What it is called. */ route_name: string
  /** The same in English; null where nobody wrote it. */ route_name_en: string | null
  /** The run of it that is open on this device, for anybody who may walk to go on with. */ run: PatrolOpenRun | null
  /** Where it stands; `done` may have gaps. */ state: WindowState
  /** When it is over, ms since 1970 UTC. */ to: number
  /** The devices that were not heard from since it was over and may still bring a walk, by their names; the office knows them. */
  waiting: string[]
  /** The window; null for a walk outside of all windows (临时). */ window: string | null
  /** What it is called. */ window_name: string | null
  /** The same in English; null where nobody wrote it. */ window_name_en: string | null
}

/** A window that a run may count for. */
export interface PatrolWindowChoice {
  /** When it began, `HH:MM`. */ from: string
  /** The window. */ id: string
  /** What it was called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** When it was over, `HH:MM`. */ to: string
}

/** Days from `from` to `to`, both included. */
export interface PeriodValue {
  /** The first day, `YYYY-MM-DD`. */ from: string
  /** What people call it, such as 国庆节. */ name?: string | null
  /** The last day, `YYYY-MM-DD`. */ to: string
}

/** The new person. */
export interface PersonAdded {
  /** The person. */ id: string
  /** The starting PIN, to be told once; the person is asked for one of their own at the first use. */ pin: string
}

/** A page of people. */
export interface PersonPage {
  /** Where the next page starts; null at the end. */ next: string | null
  /** The people. */ people: PersonRow[]
}

/** A person as a screen shows one. */
export interface PersonRef {
  /** The id, or the name on the command line, under which the record has the person. */ id: string
  /** The name, where a record of the person is here. */ name: string | null
}

/** One person. */
export interface PersonRow {
  /** Whether the person still works here. */ active: boolean
  /** Whether the person has a PIN. */ has_pin: boolean
  /** The person. */ id: string
  /** The name. */ name: string | null
  /** The roles on the campus today. */ roles: Role[]
  /** Give it back as `seen` with a change. */ version: string
}

/** A person, with what only those see who keep the people, and the person. */
export interface PersonView {
  /** Whether the person still works here. */ active: boolean
  /** 入职查询: the day of the query before the person began, `YYYY-MM-DD`; of its answer nothing is kept. */
  entry_query_on: string | null
  /** Every role that was given, those that are over included. */ grants: GrantView[]
  /** Whether the person has a PIN. */ has_pin: boolean
  /** The person. */ id: string
  /** The name. */ name: string | null
  /** The phone number. */ phone: string | null
  /** The day by which the next yearly query is due; null where none was ever made. */ record_query_due: string | null
  /** The day of the newest yearly query of criminal records; of its answer nothing is kept. */
  record_query_on: string | null
  /** Give it back as `seen` with a change of the person. */ version: string
}

/** A photo that is kept already: what `put_blob` or `PUT /app/blobs` gave, and how it was taken. */
export interface PhotoRef {
  /** The SHA-256 of the bytes, 64 lower-case hex digits. */ blob: string
  /** What it is: `image/jpeg`, `image/png` or `image/webp`. */ mime: string
  /** How many bytes it has. */ size: number
  /** Where it comes from. */ source: PhotoSource
  /** When it was taken, ms since 1970 UTC. */ taken_at: number
  /** The same of a small version, where there is one. */ thumb?: string | null
}

/** A photo as a screen shows it. */
export interface PhotoView {
  /** When, ms since 1970 UTC. */ at: number | null
  /** The SHA-256 of the bytes; `/app/blobs/<blob>` has them. */ blob: string
  /** Who added it. */ by: PersonRef | null
  /** Whether the person who works can take it back on this device. */ can_undo: boolean
  /** What it is, such as `image/jpeg`. */ mime: string
  /** How many bytes it has. */ size: number
  /** Where it comes from; null where the record does not say. */ source: PhotoSource | null
  /** Where its bytes are. */ state: PhotoState
  /** When it was taken, ms since 1970 UTC. */ taken_at: number | null
  /** The same of a small version, where there is one. */ thumb: string | null
  /** Whether the small version, or the photo itself where there is none, can be shown now. */ thumb_here: boolean
}

/** What something is called, or says. */
export interface Phrase {
  /** In English; null where that is the same. */ en: string | null
  /** As the school writes it. */ zh: string
}

/** How a try ended, and when the next may follow. */
export interface PinChecked {
  /** How it ended. */ outcome: PinOutcome
  /** How long the next try has to wait, in seconds. */ wait_s: number
}

/** A starting PIN, to be told to the person once. */
export interface PinReset {
  /** The person. */ person: string
  /** The PIN; the person is asked for one of their own at the first use. */ pin: string
}

/** That it is done. */
export interface PinSet {
  /** The person. */ person: string
}

/** What there is to say about a step of the day. */
export interface PlanDetail {
  /** How many of them are answered. */ answered: number
  /** Who did it, or has begun it. */ by: PersonRef | null
  /** How often the checklist is due. */ cadence: Cadence
  /** How many of them failed. */ failed: number
  /** How many forms the step stands for: those of one round count together. */ forms: number
  /** The same in words, such as 每日，午餐供应前. */ frequency: string
  /** The same in English; null where the checklist has none. */ frequency_en: string | null
  /** Whether something was missing when it was submitted. */ incomplete: boolean
  /** Whether it was begun on an earlier day. */ is_older: boolean
  /** How many items it asks. */ items: number
  /** Percent, to one place; null for what gives no points, and of several forms. */ percent: string | null
  /** The verdict, of several forms the worst; null for what was not submitted. */ verdict: Verdict | null
}

/** One step of the day. */
export interface PlanStep {
  /** Its code. */ code: string
  /** What there is to say about it. */ detail: PlanDetail
  /** The form; of several that were filled in as one round, the last. */ inspection: string | null
  /** Tells it from the others, and stays the same as long as it is the same. */ key: string
  /** What it is. */ kind: PlanKind
  /** Where it stands. */ state: PlanState
  /** What it is about: the id of a record, or words. */ subject: string | null
  /** What people call that. */ subject_name: string | null
  /** The checklist, as `inspection.start` takes it. */ template: string
  /** When it was submitted or begun, ms since 1970 UTC; null for what nobody has begun. */ time: number | null
  /** What people call it. */ title: string
  /** The same in English. */ title_en: string
  /** Until when it is to be done, ms since 1970 UTC; null for what was begun. */ until: number | null
}

/** A dish that is planned. */
export interface PlannedDish {
  /** What children may be allergic to in it. */ allergens?: string[]
  /** 主食, 热菜, 汤, 点心, 水果 or 预包装. */ category?: string | null
  /** Whether it is made here. */ made_here?: boolean | null
  /** What it is called. */ name: string
}

/** A meal that is planned. */
export interface PlannedMeal {
  /** The day, `YYYY-MM-DD`, of the week that is saved. */ date: string
  /** All of its dishes, in their order; one that is left out is taken off. */ dishes: PlannedDish[]
  /** The dishes, by their ids, that the form showed when it was begun: another one that stands there by now stays. Left out, all. */
  had?: string[] | null
  /** 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵. */ type: string
}

/** What a form says of a point. */
export interface PointInput {
  /** The area that it lies in; null for none. */ area?: string | null
  /** The codes of the items that it bears. */ items?: string[] | null
  /** What to look at; null for nothing. */ look_at?: string | null
  /** The same in English; null for none. */ look_at_en?: string | null
  /** The shortest believable stay, in seconds, at most an hour. */ min_seconds?: number | null
  /** The codes of those that must be answered before it is closed. */ must?: string[] | null
  /** What it is called. */ name?: string | null
  /** The same in English; null for none. */ name_en?: string | null
  /** Whether a visit asks for a photo. */ photo?: boolean | null
  /** The ids of the windows in which it is walked; an empty list for all of them. */ windows?: string[] | null
}

/** What went wrong, after RFC 9457. */
export interface Problem {
  /** What is wrong here. */ detail: string | null
  /** The HTTP status, where a server answered. */ status: number | null
  /** One sentence, the same for every occurrence. */ title: string
  /** `urn:rounds:problem:<code>`. */ type: string
}

/** What waits to be sent. */
export interface Queue {
  /** The records, oldest first. */ items: QueueItem[]
  /** The photos, in the order in which they are sent. */ photos: QueuedPhoto[]
}

/** One record that waits. */
export interface QueueItem {
  /** How often it was sent or tried. */ attempts: number
  /** Bytes of its state. */ bytes: number
  /** The record. */ id: string
  /** Its kind. */ kind: string
  /** The kind in Chinese. */ kind_zh: string
  /** When it was queued, ms since 1970 UTC. */ queued_at: number
  /** Why the server did not take it; null while it waits to be sent. */ rejected: Problem | null
  /** Whether it is passed on for others rather than written here. */ relay: boolean
  /** What people call it. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
}

/** One photo that waits. */
export interface QueuedPhoto {
  /** How often it was tried. */ attempts: number
  /** The SHA-256 of its bytes; null where the photo is not to be seen. */ blob: string | null
  /** How many bytes it has. */ bytes: number
  /** Whether its bytes here are missing or damaged: it cannot be sent until it is added again. */ is_damaged: boolean
  /** Whether it is the small version of another. */ is_thumb: boolean
  /** What stopped the last try. */ last_problem: Problem | null
  /** When it was queued, ms since 1970 UTC. */ queued_at: number
  /** The record that names it, the first of several. */ record: string
  /** How many of them the server has, as far as is known. */ sent_bytes: number
  /** What people call that. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
}

/** A range, both ends included. */
export interface RangeInput {
  /** The upper end; left out where it is open. */ max?: TextOrNumber | null
  /** The lower end; left out where it is open. */ min?: TextOrNumber | null
}

/** One measured value as it is given: digits as people type them. */
export interface ReadingInput {
  /** What it was read of, such as a dish. */ of?: string | null
  /** Whether it repeats an earlier reading of the same thing. */ retest?: boolean | null
  /** What was read, such as `74.2` or `７４，２℃`. */ v: TextOrNumber
}

/** One measured value as it is stored. */
export interface ReadingValue {
  /** What it was read of, such as a dish. */ of?: string | null
  /** Whether it repeats an earlier reading of the same thing. */ retest?: boolean | null
  /** What was read, as a plain decimal such as `74.2`. */ v: string
}

/** Somebody's reason. */
export interface Reason {
  /** When, ms since 1970 UTC. */ at: number | null
  /** Who. */ by: PersonRef | null
  /** Why. */ reason: string | null
}

/** A record to choose. */
export interface RecordChoice {
  /** The record. */ id: string
  /** What people call it. */ text: string
  /** The same in English; null where that is the same. */ text_en: string | null
}

/** A record that a field names. */
export interface Reference {
  /** The record. */ id: string
  /** What became of it. */ state: ReferenceState
  /** What it was called when it was named; else what it is called now. */ text: string | null
}

/** A line that is not taken. */
export interface RefusedLine {
  /** The field; null for the whole line. */ field: string | null
  /** Why. */ problem: string
  /** The same in English. */ problem_en: string
  /** Its number in the file, or among the rows, the first being 1. */ row: number
}

/** One register. */
export interface RegisterView {
  /** The field that says what a row is about. */ about: string | null
  /** What can be done with a row. */ acts: ActView[]
  /** How its rows are edited: `evidence`, `ledger`, `master` or `plan`. */ class: string
  /** The fields that a list shows. */ columns: string[]
  /** The field that says which day a row belongs to. */ day: string | null
  /** For how many minutes its author may still change a row. */ edit_m: number | null
  /** The fields, in the order of the form. */ fields: FieldView[]
  /** The declaration that this app writes by, such as `duty_shift@1`. */ form: string
  /** Whether this device holds the rows; those of a compartment are on the tablets that serve it alone. */
  here: boolean
  /** Whether two tablets make one row of the same key. */ keyed: boolean
  /** Its stored name. */ kind: string
  /** How many minutes later than it happened a row may be written without a reason. */ late_m: number | null
  /** Whether it does not, since it has heard nothing for long and locked them; any exchange opens them. */
  locked: boolean
  /** Whether the person corrects rows. */ may_correct: boolean
  /** Whether the person sees rows. */ may_see: boolean
  /** Whether the person writes rows, and this device takes them. */ may_write: boolean
  /** What people call it. */ name: string
  /** The same in English. */ name_en: string
  /** How many rows wait for something, of those that the person sees; null for who sees none, for master data, and where the rows are not on this device. */
  open: number | null
  /** The field that names the row which a row hangs on. */ parent: string | null
  /** The field that says where a row belongs. */ place: string | null
  /** Where a row can stand, `void` the first. */ stages: StageView[]
  /** How many rows the person made in the last thirty days. */ used: number
}

/** All registers that the person who works has to do with. */
export interface Registers {
  /** The most used first. */ kinds: RegisterView[]
}

/** Which point a tag means. */
export interface Resolved {
  /** The point at which it hangs or hung. */ checkpoint: string | null
  /** Whether two tablets gave it to two points, and nobody has chosen yet. */ is_disputed: boolean
  /** Whether it is a label that was printed by this program, here or at another school. */ is_label: boolean
  /** What that is called. */ name: string | null
  /** The same in English. */ name_en: string | null
  /** The tag that hangs in its place, where it was replaced. */ next: string | null
  /** As it is compared. */ norm: string
  /** The route of the point. */ route: string | null
  /** What that is called. */ route_name: string | null
  /** What it means. */ state: TagState
  /** The tag; null for one that is unknown. */ tag: string | null
}

/** An item as a route names it. */
export interface RouteItem {
  /** Its code. */ code: string
  /** What it asks; the code where this version does not know it. */ text: string
  /** The same in English; null where it has none. */ text_en: string | null
}

/** The items that a point may bear. */
export interface RouteItems {
  /** By their codes. */ items: OfferedItem[]
}

/** The routes of a campus. */
export interface RouteList {
  /** The built-in ones for this sort of campus that it has not taken over. */ offered: OfferedRoute[]
  /** Those by day first, then those by night, by their names. */ routes: RouteRow[]
}

/** A point of a route. */
export interface RoutePoint {
  /** The area that it lies in. */ area: string | null
  /** What that is called. */ area_name: string | null
  /** The point. */ id: string
  /** Whether it is walked in all windows. */ in_all_windows: boolean
  /** The items that it bears. */ items: RouteItem[]
  /** What to look at. */ look_at: string
  /** The same in English; null where nobody wrote it. */ look_at_en: string | null
  /** The shortest believable stay, in seconds. */ min_seconds: number
  /** The codes of those that must be answered before it is closed. */ must: string[]
  /** What it is called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** Whether a visit asks for a photo. */ photo: boolean
  /** Its place in the walking order, from 1; of one that has ended, the place that it had. */ place: number
  /** Its tags, those that are no longer used last. */ tags: TagRow[]
  /** Until when it was walked, ms since 1970 UTC; null as long as it is. */ until: number | null
  /** Give it back as `seen` with a change. */ version: string
  /** The ids of the windows that hold now and in which it is walked. */ windows: string[]
}

/** A route, without its points. */
export interface RouteRow {
  /** Its code, such as `S-DAY`; null for one that the school made itself. */ code: string | null
  /** Whether it counts as the daily fire patrol. */ fire: boolean
  /** The items of the daily fire patrol that no point bears; empty where they are all there. */
  fire_missing: RouteItem[]
  /** The route. */ id: string
  /** What it is called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** Whether it is walked at night. */ night: boolean
  /** Whether each visit asks for a photo. */ photo: boolean
  /** How many points it has now. */ points: number
  /** The campus. */ scope: string | null
  /** How many of them have a tag. */ tagged: number
  /** Until when it was walked, ms since 1970 UTC; null as long as it is. */ until: number | null
  /** Give it back as `seen` with a change. */ version: string
  /** The windows that hold now, in the order of the day. */ windows: RouteWindow[]
}

/** A route with its points. */
export interface RouteView {
  /** The points that it had, the last one first. */ ended: RoutePoint[]
  /** Its points in walking order. */ points: RoutePoint[]
  /** The route itself. */ route: RouteRow
}

/** A window of a route. */
export interface RouteWindow {
  /** On which days. */ days: WindowDays
  /** When it begins, `HH:MM`. */ from: string
  /** Its id; a change of it gives it another one. */ id: string
  /** What it is called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** When it ends, `HH:MM`; not later than `from` when it runs over midnight. */ to: string
}

/** The row of a register that a finding follows from. */
export interface RowOriginView {
  /** The row. */ id: string
  /** What people call its register. */ register: string
  /** The same in English. */ register_en: string
  /** What became of it. */ state: RowState
  /** What people call the row. */ title: string
  /** The same in English; null where that is the same. */ title_en: string | null
}

/** A fridge that had one number on five days or more with a number. */
export interface SameDays {
  /** The number, in ℃. */ c: string
  /** The first of the days. */ from: string
  /** The last of them. */ to: string
  /** The fridge. */ what: string
}

/** Which row. */
export interface SavedEntry {
  /** Whether it was made by this. */ created: boolean
  /** The row. */ id: string
  /** What its author has seen now; give it back as `seen`. */ version: string
}

/** The record and what its author has seen now. */
export interface SavedRecord {
  /** The record. */ id: string
  /** Give it back as `seen` with the next save of the same form. */ version: string
}

/** The route, its window, and what its author has seen now. */
export interface SavedWindow {
  /** The route. */ id: string
  /** Give it back as `seen` with the next save of the same route. */ version: string
  /** The window that holds now; null where one was ended. */ window: string | null
}

/** The score of a form while it is filled in. */
export interface ScoreView {
  /** How many items are answered. */ answered: number
  /** The points that the answered items could earn. */ answered_max: string
  /** How many apply. */ applicable: number
  /** The points earned. */ earned: string
  /** The items that failed. */ failed: string[]
  /** Percent when nothing more is answered. */ final_percent: string | null
  /** The verdict when nothing more is answered. */ final_verdict: Verdict
  /** Percent of what is answered, to one place; null for an unscored form. */ percent: string | null
  /** Those of them that cross the red line. */ red_lines: string[]
  /** The verdict on what is answered. */ verdict: Verdict
  /** The same in Chinese. */ verdict_zh: string
}

/** One heading of a form. */
export interface SectionView {
  /** How many of its items are answered. */ answered: number
  /** How many are asked. */ asked: number
  /** How many failed. */ failed: number
  /** How many things its items still need. */ gaps: number
  /** Its items. */ items: ItemView[]
  /** The items that "rest is fine" would fill. */ rest: string[]
  /** The heading. */ section: string
  /** The same in English; null where the checklist has none. */ section_en: string | null
}

/** A meal that a campus serves on some days. */
export interface ServedMeal {
  /** `school` days, days when boarders are there (`boarding`), or `every` day; `school` when left out. */
  days?: string | null
  /** When it is on the table, `HH:MM`. */ planned?: string | null
  /** Which stages its card has: `main`, `snack`, `packaged` or `ordered`; the usual ones of its type when left out. */
  profile?: string | null
  /** The first day, `YYYY-MM-DD`; the day on which it is saved when left out. */ since?: string | null
  /** 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵. */ type: string
  /** The last day. */ until?: string | null
  /** The days of the week, 1 for Monday to 7 for Sunday; all of them when left out. */ weekdays?: number[] | null
}

/** One value of a setting, with the days on which it holds. */
export interface SettingFrom {
  /** When it was set, ms since 1970 UTC. */ at: number | null
  /** Who set it. */ by: PersonRef | null
  /** Its id. */ id: string
  /** Whether it goes back to the default. */ is_default: boolean
  /** The region whose rule it is. */ region: string | null
  /** Where it comes from, in words. */ source: string | null
  /** The first day, `YYYY-MM-DD`. */ valid_from: string
  /** The last day; null as long as no later value begins. */ valid_to: string | null
  /** What holds. */ value: SettingValue
}

/** The settings of a campus on one day. */
export interface SettingList {
  /** The campus. */ campus: string | null
  /** The day, `YYYY-MM-DD`. */ day: string
  /** Why stored values are not used: they are laxer than the rule, or of another shape. */ refused: string[]
  settings: SettingRow[]
  /** Give it back as `seen` with a change. */ version: string | null
}

/** One setting. */
export interface SettingRow {
  /** The default. */ default: SettingValue
  /** The same in English. */ en: string
  /** Since when, until when and by what rule; null where it is the default, or was set before values had days. */
  holding: SettingFrom | null
  /** Whether the campus has a value of its own. */ is_own: boolean
  /** Its key. */ key: string
  /** The rule behind it, in short. */ rule: string
  /** The same in English. */ rule_en: string
  /** How far it may be changed. */ shape: SettingShape
  /** How sure the rule is. */ source: SettingSource
  /** Its unit; empty where it has none. */ unit: string
  /** The same in English. */ unit_en: string
  /** The value that holds on the day. */ value: SettingValue
  /** All values with a first day, the earliest first, those to come among them. */ values: SettingFrom[]
  /** What it is, in Chinese. */ zh: string
}

/** A column. */
export interface SheetColumnView {
  /** Its key. */ key: string
  /** Its heading. */ label: string
  /** Whether a page has it as a column of its own; what stands in the others goes into the remarks there. */
  main: boolean
  /** What its cells hold: `text`, `code`, `number`, `date` or `moment`. */ type: string
}

/** A paper that the person who works gets. */
export interface SheetEntry {
  /** Whether it can be made of one place alone. */ has_places: boolean
  /** Whether the person may take it out as a file. */ may_export: boolean
  /** Whether the person may take it along as a text for a chat. */ may_tell: boolean
  /** For how long it is made at a time: `day`, `week`, `month`, or `any` for everything that is on file. */
  period: string
  /** The places of which the person sees every row of any day; null where that is the whole campus. */
  places: SheetPlace[] | null
  /** Which. */ sheet: string
  /** The first day of which the person sees every row; null for any. */ since: string | null
  /** What people call it. */ title: string
  /** The same in English. */ title_en: string
}

/** A file that is being made, or waits to be fetched. */
export interface SheetExport {
  /** The sort of file: `xlsx` or `csv`. */ as: string
  /** So many rows are read or written. */ done: number
  /** What it is asked for by. */ export: string
  /** Of so many; 0 while nobody knows yet. */ of: number
  /** The problem that it ended with. */ problem: string | null
  /** The paper. */ sheet: string
  /** Where it stands. */ state: SheetExportState
  /** What people call it. */ title: string
  /** The same in English. */ title_en: string
}

/** The files that are being made for the person who works, or wait to be fetched. */
export interface SheetExports {
  /** In the order in which they were asked for. */ exports: SheetExport[]
}

/** Something that stands above the table. */
export interface SheetFact {
  /** What it is; empty where the text says it all. */ label: string
  /** What it says. */ text: string
}

/** Something that was expected and is not there. */
export interface SheetGap {
  /** The day, or the first day of the week or month. */ day: string
  /** The last day of the week or month; null for a day. */ until: string | null
  /** What is missing; empty where the paper says it. */ what: string
}

/** What else is known of a row. */
export interface SheetLine {
  /** 签字后补录: when it happened and when it was written down, where the page that was signed first did not have it; null for any other row. */
  after_signing: [string, string] | null
  /** Whether people disagree about something in it. */ conflict: boolean
  /** The day that it belongs to. */ day: string | null
  /** The record that it tells of; null for the row of a grid. */ id: string | null
  /** Whether it was written later than it should have been. */ late: boolean
}

/** The papers that the person who works gets. */
export interface SheetList {
  /** The papers. */ sheets: SheetEntry[]
}

/** A correction. */
export interface SheetNote {
  /** When. */ at: string
  /** Who. */ by: string | null
  /** The column. */ column: string
  /** Whether people corrected it at the same time and say different things. */ conflict: boolean
  /** What was written first. */ original: string
  /** Why; null where that is not to be seen. */ reason: string | null
  /** The number of its row, the first being 1. */ row: number
  /** What counts now. */ value: string
}

/** A place that a paper can be made of. */
export interface SheetPlace {
  /** The area. */ id: string
  /** What people call it. */ name: string
}

/** What was written down. */
export interface SheetPrinted {
  /** How many rows went to the printer. */ rows: number
}

/** A signature on a paper. */
export interface SheetSignature {
  /** When, ms since 1970 UTC. */ at: number
  /** Who signed. */ by: PersonRef
  /** How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`. */ how: string
  /** The `key` of the place where it stands. */ role: string
  /** As it was drawn. */ strokes: Strokes
}

/** Somebody who signs. */
export interface SheetSigner {
  /** What signatures name as their `role`. */ key: string
  /** As what. */ label: string
  /** Whom the rows name as such. */ names: string[]
}

/** What of a paper was signed, and what a signature would be put under. */
export interface SheetSigning {
  /** The code that a page of it bears. */ code: string | null
  /** Whether this device may sign it: it holds where signed pages of it lie. */ may_sign: boolean
  /** The record of the paper; give it as `record` to `person.vouch`, with the act `sign`. */ paper: string
  /** The same as a QR code: SVG. */ qr: string | null
  /** The number of the last revision; null where nothing was signed. */ revision: number | null
  /** The digest of what the page says; give it back as `saw`. */ saw: string
  /** Who signed the last revision. */ signatures: SheetSignature[]
  /** 签字后: what has changed since; null where nothing was signed, or where what was signed has not come to this device. */
  since: SheetSince | null
}

/** What has changed on a page since it was signed. */
export interface SheetSince {
  /** Cells that say something else. */ corrected: number
  /** Rows that were not there. */ rows: number
  /** Rows that are gone from it: void, or moved to other days. */ void: number
}

/** A text for a chat. */
export interface SheetText {
  /** How many rows it tells of. */ rows: number
  /** The text, in short lines. */ text: string
}

/** A paper, in one language, with its cells as they are printed. */
export interface SheetView {
  /** 数据截至: when this device last heard all that the server had, ms since 1970 UTC; null where it never did. */
  as_of: number | null
  /** The columns; the number of the row is none of them. */ columns: SheetColumnView[]
  /** What was corrected. */ corrections: SheetNote[]
  /** The last line: how many rows there are. */ foot: string
  /** The first day; null for everything that is on file. */ from: string | null
  /** What was expected and is not there. */ gaps: SheetGap[]
  /** The last day of which gaps are told: what is later is not over, or not known here yet; null where nothing is expected. */
  gaps_until: string | null
  /** What stands above the table. */ head: SheetFact[]
  /** Whether it lies on its side. */ landscape: boolean
  /** What else is known of each row, in the same order. */ lines: SheetLine[]
  /** How many rows only a newer app can read; they are left out. */ newer: number
  /** The rows, each with a cell for every column: what is printed there, null for nothing. */
  rows: ((string | null)[])[]
  /** Its shape: `day`, `grid`, `ledger` or `report`. */ shape: string
  /** Which. */ sheet: string
  /** Who signs. */ signatures: SheetSigner[]
  /** What of it was signed; null where no campus is known, and nothing can be signed. */ signing: SheetSigning | null
  /** What people call it. */ title: string
  /** The last day. */ to: string | null
  /** How many void rows are left out. */ void: number
}

/** A signature with the name of who signed. */
export interface SignatureValue {
  /** The person. */ by?: string | null
  /** The lines. */ strokes: Strokes
}

/** Evenings on which somebody stays at a campus for the night. */
export interface SleepPeriod {
  /** The first evening, `YYYY-MM-DD`; from ever when left out. */ from?: string | null
  /** `every` night, or those before a `school` day. */ nights: string
  /** The last evening; for ever when left out. */ to?: string | null
}

/** One stage. */
export interface StageView {
  /** What people call it. */ label: string
  /** The same in English. */ label_en: string
  /** Whether rows at it wait for something. */ open: boolean
  /** Its code. */ stage: string
}

/** Children of a class of whom nobody wrote that they left. */
export interface StayedClass {
  /** The class. */ class: string
  /** The day, `YYYY-MM-DD`. */ day: string
  /** What people call it. */ name: string
  /** What the children are called, as far as the person may know it. */ names: string[]
}

/** One step. */
export interface StepView {
  /** The steps that its author saw. */ after: string[]
  /** To whom it gives the finding. */ assignee: PersonRef | null
  /** When, ms since 1970 UTC. */ at: number
  /** Whether the form took it by itself, by an answer. */ auto: boolean
  /** Who; of an automatic step, who gave the answer that it follows from. */ by: PersonRef
  /** The same as a code; null for a step of a later version. */ code: StepCode | null
  /** What it cost, in yuan. */ cost: string | null
  /** Whether it says what it cost, and that is for others. */ cost_hidden: boolean
  /** The time it grants or asks for, ms since 1970 UTC. */ due: number | null
  /** Its id; `after` of a later step names it. */ id: string
  /** What its author says. */ note: string | null
  /** Its photos. */ photos: PhotoView[]
  /** What it does, as it is stored and shown. */ step: string
}

/** Somebody's submit. */
export interface SubmitView {
  /** When, ms since 1970 UTC. */ at: number
  /** The id, or the name on the command line, under which the record has the person. */ id: string
  /** The name, where a record of the person is here. */ name: string | null
  /** The signature; null for who submitted without one. */ signature: Strokes | null
}

/** The state of the exchange with the server. */
export interface SyncStatus {
  /** Whether all of it is true at once: nothing waits, nothing was rejected, and the feed was read to its end. */
  all_synced: boolean
  /** The one word for it. */ badge: Badge
  /** Why it is that one; null for `synced`. */ badge_reason: BadgeReason | null
  /** Conflicts that ask for a decision. */ conflicts: number
  /** How far the feed was read; opaque. */ cursor: string | null
  /** The id that the server gave this device; null before enrolment. */ device: string | null
  /** What people call this device. */ device_name: string | null
  /** What stopped the last exchange. */ last_problem: Problem | null
  /** When an exchange last ended well, ms since 1970 UTC. */ last_success_at: number | null
  /** Whose server it is. */ organisation: OrganisationRef | null
  /** Records in the outbox, rejected ones included. */ pending: number
  /** Photos and scans that wait to be sent. */ pending_blobs: number
  /** Bytes of these that are still to be sent. */ pending_bytes: number
  /** Records that the last exchange received. */ pulled: number
  /** Records that the last exchange sent and the server took. */ pushed: number
  /** Records that the server did not take. */ rejected: number
  /** The replica id of this store. */ replica: string
  /** The address of the server. */ server: string | null
}

/** The tags. */
export interface TagList {
  tags: TagRow[]
}

/** Since when a tag is no longer used. */
export interface TagOld {
  /** When, ms since 1970 UTC. */ at: number | null
  /** Who said so. */ by: PersonRef | null
  /** The tag that hangs there now; null where it was taken away alone. */ next: string | null
}

/** A tag. */
export interface TagRow {
  /** The point at which it hangs; null where it hangs at none. */ checkpoint: string | null
  /** What that is called. */ checkpoint_name: string | null
  /** The tag. */ id: string
  /** Whether two tablets gave it to two points, and nobody has chosen yet. */ is_disputed: boolean
  /** Its number among the labels of its point; null for a tag that was not printed here. */ label: number | null
  /** Why it is no longer used; null as long as it is. */ old: TagOld | null
  /** How readers spell it, its own spelling among them. */ spellings: string[]
  /** Give it back as `seen` with a change. */ version: string
}

/** The head of a checklist. */
export interface TemplateHead {
  /** The kinds of areas that fit, the likeliest first. */ area_kinds: string[]
  /** How often it is due. */ cadence: Cadence
  /** The sort of campus it is for; null for both. */ campus: CampusKind | null
  /** What its findings are about. */ category: Category
  /** Its code. */ code: string
  /** How often it is due, in words. */ frequency: string
  /** The same in English; null where the checklist has none. */ frequency_en: string | null
  /** Whether it falls on most days. */ is_daily: boolean
  /** How many items it asks. */ items: number
  /** The meals, where one of them is chosen. */ meals: string[]
  /** Its version. */ number: number
  /** Whether it is one of the school's own. */ own: boolean
  /** Who fills it in, by role. */ performers: Role[]
  /** Whether it gives points. */ scored: boolean
  /** What one form is about, such as `canteen`. */ subject: string
  /** How that is chosen. */ subject_kind: SubjectKind
  /** What `inspection.start` takes, such as `T01@1`. */ template: string
  /** The Chinese title. */ title: string
  /** The English title. */ title_en: string
}

/** One heading. */
export interface TemplateSection {
  /** Its items. */ items: ItemShape[]
  /** The heading. */ section: string
  /** The same in English; null where the checklist has none. */ section_en: string | null
}

/** A checklist. */
export interface TemplateView extends TemplateHead {
  /** The items by section, in order. */ sections: TemplateSection[]
}

/** The checklists. */
export interface Templates {
  templates: TemplateHead[]
}

/** The school year of a campus. */
export interface TermCalendar {
  /** The holidays. */ holidays?: PeriodValue[] | null
  /** The terms; with none the whole year counts as term. */ terms?: PeriodValue[] | null
  /** 调休: weekends that are school days, `YYYY-MM-DD`. */ workdays?: string[] | null
}

/** What is left to do. */
export interface Today {
  /** Today, `YYYY-MM-DD`, by the time zone of the campus. */ business_date: string
  /** Who works. */ by: PersonRef | null
  /** The campus; null when it is not settled which one this device serves. */ campus: string | null
  /** Its name. */ campus_name: string | null
  /** How many there are. */ counts: TodayCounts
  /** What was begun and will be removed within two days. */ drafts: EndingDraft[]
  /** The findings that are due by the end of today; twenty at most. */ due: FindingRow[]
  /** What registers expect today and what is not on this device yet, their own work first; twenty at most. */
  missing: MissingRow[]
  /** All of that, by what it is. */ missing_groups: MissingGroup[]
  /** The one next thing; null when nothing is left. */ now: PlanStep | null
  /** The forms to resume, newest first; twenty at most. */ open: InspectionRow[]
  /** The findings whose time is over, the longest first; twenty at most. */ overdue: FindingRow[]
  /** The day of the person who works, or of the campus when nobody does or `everybody` is asked for: what was done by time, then what was begun, then what is left. */
  plan: PlanStep[]
  /** What of meals the device reminds who runs the kitchen of, the most pressing first; twenty at most. */
  reminders: MealReminder[]
  /** All of these rows, by register. */ row_groups: WaitingGroup[]
  /** The rows of registers on which something is left to do, their own work first, what is due first first; twenty at most, and of each register no more than three while those of others wait. Those that the person may write or has to see to; with `everybody`, all that are seen. */
  rows: WaitingRow[]
  /** What waits to be sent, and the conflicts that ask. */ sync: SyncStatus
  /** The week of the term that it lies in, counted by Mondays from 1; null outside every term. */
  term_week: number | null
  /** 未计入: acts of the person who works that do not count, of the last seven days, the newest first; twenty at most. */
  uncounted: UncountedAct[]
}

/** How many there are. */
export interface TodayCounts {
  /** Those that wait for a re-check. */ awaiting_recheck: number
  /** Findings on which something is left to do. */ findings: number
  /** Those that were found today, whatever became of them. */ found_today: number
  /** Those that the person who works has to deal with. */ mine: number
  /** What registers still expect today. */ missing: number
  /** What of it is the work of who asks. */ missing_mine: number
  /** Open forms. */ open: number
  /** Those whose time is over. */ overdue: number
  /** Rows of registers that wait. */ rows: number
  /** Those of them that are the work of who asks. */ rows_mine: number
  /** Forms of today that were submitted. */ submitted_today: number
}

/** A dish on the page. */
export interface TraceDish {
  /** The classes that were given of its meal. */ classes: string[]
  /** The dish. */ id: string
  /** The lines of this answer that it was made of. */ lines: string[]
  /** Its meal. */ meal: MealTag
  /** What it is called. */ name: string
  /** The boxes of its samples. */ samples: string[]
}

/** A line of a delivery on the page. */
export interface TraceLine extends MealLine {
  /** What was decided. */ decision: string | null
  /** Until when it may be eaten, `YYYY-MM-DD`. */ expires_on: string | null
}

/** 未计入: an act of the person who works that does not count. */
export interface UncountedAct {
  /** What people call the act. */ act: Phrase
  /** When it was done, ms since 1970 UTC. */ at: number
  /** The row. */ id: string
  /** Its register. */ kind: string
  /** What people call that. */ register: Phrase
  /** What people call the row. */ title: Phrase
  /** Why it does not count: `already`, `void`, `same_person`, `wrong_stage` or `not_vouched`. */ why: string
}

/** A point without a label. */
export interface Unlabelled {
  /** The point. */ checkpoint: string
  /** What it is called. */ name: string
  /** The same in English; null where nobody wrote it. */ name_en: string | null
  /** The place of the point in the walking order, from 1. */ place: number
}

/** A leaving without an entry. */
export interface UnpairedView {
  /** The row. */ id: string
  /** What they are called, as the person may know it. */ name: string
  /** The visits that it may end; a person decides. */ visits: string[]
}

/** The proof of a second signer. */
export interface VoucherGiven {
  /** Until when it holds, ms since 1970 UTC. */ until: number
  /** Give it as `as` to `entry.act`. */ voucher: string
}

/** Rows of one register on which something is left to do, as one line. */
export interface WaitingGroup {
  /** How many there are. */ count: number
  /** The register. */ kind: string
  /** Whether they are the work of who asks. */ mine: boolean
  /** What people call that. */ register: Phrase
}

/** A row of a register on which something is left to do. */
export interface WaitingRow {
  /** Who has to do it. */ assignee: PersonRef | null
  /** Until when something is to be done, ms since 1970 UTC; null for what only stands open. */ due: number | null
  /** The row. */ id: string
  /** Its register. */ kind: string
  /** Whether it is the work of who asks; what is somebody else's they may do as well. */ mine: boolean
  /** What its time says, for what ends on a day: how many days are left, or since when it is over. */
  note: Phrase | null
  /** Whether that is over. */ overdue: boolean
  /** The area that it belongs to. */ place: string | null
  /** What people call that. */ register: Phrase
  /** Where it stands. */ stage: Phrase | null
  /** What people call the row. */ title: Phrase
  /** How it looks. */ tone: Tone
}

/** The walking order. */
export interface WalkingOrder {
  /** The points of the route in walking order. */ points: string[]
}

/** Something that looks wrong. */
export interface WarningView {
  /** Its code; give it in `sure` to keep what was typed. */ code: string
  /** The fields that it is about. */ fields: string[]
  /** What follows from it. */ level: WarningLevel
  /** The words. */ text: string
  /** The same in English. */ text_en: string
}

/** Who works. */
export interface Worker {
  /** Whose name goes on the next save: that of the session, or whom `rounds --as` names. */ by: PersonRef | null
  /** What that person may do. */ permissions: Permission[]
  /** The roles of that person here today; null when rights are not held against them. */ roles: Role[] | null
  /** Whom this device was switched to; null for nobody. */ session: PersonRef | null
  /** Whether that person should set a PIN: there is none, or somebody else has set the one that there is. */
  should_set_pin: boolean
  /** Since when, ms since 1970 UTC. */ since: number | null
}
