//! Every problem that Rounds tells of, once: its stable name, its HTTP status, and a sentence for people in Chinese and in English.
//!
//! The sentences are those that the screens show; the English one is the title of the problem on the wire and on the command line.

macro_rules! problem_types {
    ($($group:ident: $(#[$doc:meta])* { $($name:ident = $slug:literal, $status:literal, $zh:literal, $en:literal;)* })*) => {
        /// The stable types of problems; written as `urn:rounds:problem:<slug>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ProblemType { $($(#[doc = $en] $name,)*)* }

        impl ProblemType {
            /// Every type there is.
            pub const ALL: &[Self] = &[$($(Self::$name,)*)*];

            $($(#[$doc])* pub const $group: &[Self] = &[$(Self::$name,)*];)*

            /// The stable name, the last part of the URN.
            pub fn slug(self) -> &'static str {
                match self { $($(Self::$name => $slug,)*)* }
            }

            /// The HTTP status of an answer that consists of this problem.
            pub fn status(self) -> u16 {
                match self { $($(Self::$name => $status,)*)* }
            }

            /// What a person is told in Chinese.
            pub fn zh(self) -> &'static str {
                match self { $($(Self::$name => $zh,)*)* }
            }

            /// What a person is told in English.
            pub fn en(self) -> &'static str {
                match self { $($(Self::$name => $en,)*)* }
            }
        }
    };
}

problem_types! {
    OF_THE_PROTOCOL: /// What a hub answers; the protocol's document names them.
    {
    BadRequest = "bad-request", 400, "请求的格式不对。", "The request is not of the expected shape.";
    Unauthorised = "unauthorised", 401, "服务器不认识这台设备。", "The device is not known to this server.";
    DeviceRevoked = "device-revoked", 401, "这台设备已被停用。", "The device was revoked.";
    EnrolRefused = "enrol-refused", 403, "接入码不对、已用过或已过期。请办公室再生成一个。", "The enrolment code is wrong, used or expired.";
    NotFound = "not-found", 404, "没有找到，可能已被移走，或这里不能查看。", "There is no such thing, or it may not be read here.";
    MethodNotAllowed = "method-not-allowed", 405, "这个地址不接受这种请求。", "The call does not take this method.";
    RequestTimeout = "request-timeout", 408, "请求没有及时送到。", "The request did not arrive in time.";
    EpochChanged = "epoch-changed", 409, "服务器的数据换了新的一期，会自动从头核对。", "The server's feed has a new epoch.";
    ReplicaForked = "replica-forked", 409, "另有一份相同的存储在发送，会自动改用新的编号。", "Another store pushes under this replica id.";
    PushOutOfOrder = "push-out-of-order", 409, "发送的顺序与服务器记得的不同，会自动核对。", "The push does not follow the last one.";
    LimitExceeded = "limit-exceeded", 413, "内容太长或太多，没有存下。", "A limit is exceeded.";
    UnsupportedEncoding = "unsupported-encoding", 415, "服务器读不了这种压缩格式。", "The content encoding is not supported.";
    InvalidRecord = "invalid-record", 422, "这条记录的内容不合规则。", "The record is not valid.";
    ForkedWrite = "forked-write", 409, "这条记录与服务器上已有的互相矛盾。", "The record contradicts writes that the server holds.";
    NotAllowed = "not-allowed", 403, "没有这项权限。", "This is not allowed.";
    OffsetMismatch = "offset-mismatch", 409,
        "照片没有接着上次的位置发送，会自动核对。",
        "The part does not begin where the last one ended.";
    DigestMismatch = "digest-mismatch", 422, "照片在发送途中变了样，会重新发送。", "The bytes are not those that the name promises.";
    RangeNotSatisfiable = "range-not-satisfiable", 416, "照片没有这一段。", "The blob has no such bytes.";
    TooManyRequests = "too-many-requests", 429, "请求太频繁，请稍后再试。", "There were too many attempts.";
    NotOffered = "not-offered", 404, "这台服务器不提供这项服务。", "This server does not offer the call.";
    Unavailable = "unavailable", 503, "服务器暂时不能回答，稍后会自动再试。", "The server cannot answer now.";
    StorageFull = "storage-full", 503, "服务器的存储空间已满，请联系管理员。", "The server has no room left.";
    }
    OF_A_STORE: /// What a store and its exchange end with.
    {
    Store = "store", 500, "本机存储读写失败。", "The store cannot be read or written.";
    NewerStore = "newer-store", 500, "本机数据来自更新的版本，请先更新本应用。", "The store was written by a newer version.";
    NotAStore = "not-a-store", 500, "这个文件不是本应用的数据。", "The file is not a store of this app.";
    DamagedStore = "damaged-store", 500, "本机数据已损坏，请不要删除任何文件。", "The store is damaged.";
    DamagedRecord = "damaged-record", 500, "这条记录在本机已损坏，读不出来。", "The record is damaged on this device.";
    LostStore = "lost-store", 500,
        "这里原有的数据文件不见了或是空的。请不要删除任何文件，请联系管理员。",
        "The folder has held a store, and its file is empty or gone.";
    ReadOnly = "read-only", 403, "这个文件夹不能写入，只能查看，不能保存。", "The store can only be read here; nothing can be saved.";
    NotEmpty = "not-empty", 409, "目标文件夹不是空的。", "The folder is not empty.";
    DiskFull = "disk-full", 507,
        "本机存储已满，没有存下。请清出空间后再试，之前存下的都在。",
        "This device is full and nothing was saved. Free some space and try again; what was saved before is still there.";
    Changed = "changed", 409, "这里刚被别人改过，请再看一眼后重试。", "Somebody has just changed this; look again, then retry.";
    NotEnrolled = "not-enrolled", 422, "这台设备还没有接入学校。", "The store is not enrolled with a server.";
    Unreachable = "unreachable", 502, "连不上服务器，稍后会自动再试。", "The server cannot be reached; it is tried again by itself.";
    RoadAnswer = "road-answer", 502,
        "连到的不是学校的服务器：途中的设备替它回答了。请核对地址和网络。",
        "Something on the way to the server answers in its place; check the address and the network.";
    RoadLimit = "road-limit", 502,
        "连接途中有设备限制了发送的大小，请联系管理员。",
        "Something on the way to the server limits the size of what is sent.";
    RoadGarbles = "road-garbles", 502,
        "连接途中有设备改动了发送的内容，请联系管理员。",
        "Something on the way to the server changes what is sent.";
    BadAddress = "bad-address", 400,
        "服务器地址不对，应像 192.168.1.20:8787 这样。",
        "This is no address of a server; it looks like 192.168.1.20:8787.";
    OtherOrganisation = "other-organisation", 422,
        "这个接入码属于另一所学校。这台平板上还有原学校的记录，不能换过去。",
        "The code belongs to another school. This tablet holds records of its own school and cannot move.";
    Busy = "busy", 409, "另一个程序正在同步，请稍后再试。", "Another program is exchanging data; try again in a moment.";
    Stuck = "stuck", 502, "与服务器反复核对而没有进展，请联系管理员。", "The exchange makes no progress.";
    DamagedBlob = "damaged-blob", 500, "照片在本机缺失或损坏。", "The bytes are missing or damaged on this device.";
    UnreadableBlob = "unreadable-blob", 500, "照片在本机读不出来。", "The bytes cannot be read on this device.";
    BlobOutOfStep = "blob-out-of-step", 409,
        "照片已发送的长度与服务器记得的不同，会自动核对。",
        "The server counts other bytes than this device.";
    }
    OF_COMMANDS: /// What a command is refused with.
    {
    UnknownCommand = "unknown-command", 404, "没有这个命令，请更新程序。", "There is no such command.";
    BadArguments = "bad-arguments", 400, "填写的内容不合要求。", "The arguments are not what the command takes.";
    Internal = "internal", 500, "程序出错了，已保存的内容都在。", "Something that must never happen has happened.";
    SupportOnly = "support-only", 403, "这个命令只供技术支持使用。", "The command is for support.";
    TabletOnly = "tablet-only", 403, "这个操作只能在平板上做。", "The command is for a tablet.";
    PersonNeeded = "person-needed", 422, "请先选择是谁在操作。", "Choose first who is working.";
    Incomplete = "incomplete", 422, "还有没填完的项；补齐，或写明原因再提交。", "Something is still missing; fill it in, or give a reason.";
    BadAnswer = "bad-answer", 422,
        "没有看懂这个答案，没有存下；写的内容还在，请改一改。",
        "This answer was not understood and not saved; what was written is still there to be changed.";
    AlreadySubmitted = "already-submitted", 422,
        "这张表已经提交，不能再改；可以用更正。",
        "This form was submitted; it can only be corrected.";
    NotSubmitted = "not-submitted", 422, "这张表还没提交，直接改答案就行。", "This form is still open; change the answer itself.";
    BadValue = "bad-value", 422, "有一项填得不合要求，没有存下。", "One of the values is not what its field takes; nothing was saved.";
    BadFile = "bad-file", 422, "这个文件不能导入，什么都没有改。", "The file cannot be imported; nothing has changed.";
    ConfirmValue = "confirm-value", 422,
        "填的内容不太可能，没有存下；请再看一眼，没错就照样存。",
        "What was filled in is unlikely and was not saved; look again, and keep it if it is right.";
    LateReason = "late-reason", 422, "这是补录，请写明原因。", "This is entered late; give a reason.";
    Finished = "finished", 422, "这一条已经写定，不能再改；可以用更正。", "This entry is finished; it can only be corrected.";
    EntryExists = "entry-exists", 409, "这一条已经有了，请打开它。", "There is such an entry already; open it.";
    NotServed = "not-served", 422,
        "不在本平板：这台平板不存这一类记录，请到存有它的平板上登记。",
        "Not on this tablet: it does not keep such records; enter them on one that does.";
    HoldLocked = "hold-locked", 422,
        "这台平板很久没有联网，幼儿、来访等资料已锁上；连上网同步一次就打开。",
        "This tablet has not reached the server for long, so children and visitors are locked; one exchange opens them.";
    BadVoucher = "bad-voucher", 422,
        "这次核验已过期或已用过，请重新输入 PIN。",
        "This proof has expired or was used; the second signer enters the PIN again.";
    Void = "void", 422, "已作废，不能再改。", "It is void.";
    OwnRecheck = "own-recheck", 422,
        "您整改的不能由您自己复查或销号，请另一人来做。",
        "You fixed this yourself, so somebody else re-checks and closes it.";
    OwnWork = "own-work", 422,
        "自己走过的，由没有走过的另一人来签。",
        "You walked a part of this yourself, so somebody who did not signs as the second.";
    StepNotOpen = "step-not-open", 422,
        "现在还不能做这一步：整改单刚有变化，请再看一眼。",
        "This step is not open now: the finding has just changed; look again.";
    NothingToUndo = "nothing-to-undo", 422,
        "这一步已经不能撤销：别人改过，或表已提交。",
        "This cannot be taken back any more: somebody changed it, or the form was submitted.";
    NothingToFill = "nothing-to-fill", 422,
        "本节没有可以一起填的项：红线和实测值要逐项填。",
        "Nothing here may be filled in at once: red lines and measured values are answered one by one.";
    NotInConflict = "not-in-conflict", 422, "这一处已经没有分歧。", "The field is not in conflict.";
    NotJoint = "not-joint", 422, "只有联合检查可以加入。", "Only a joint inspection can be joined.";
    WrongCampus = "wrong-campus", 422, "这张检查表不用于这类校区。", "This checklist is not for a campus of this kind.";
    UnknownTemplate = "unknown-template", 422,
        "本机还没有这张检查表，同步后再试。",
        "This checklist is not on this device yet; try again after a sync.";
    UnreadableTemplate = "unreadable-template", 422, "这张检查表读不懂，请联系后勤主任。", "The checklist cannot be read.";
    OtherKind = "other-kind", 422, "这条记录不是这一类。", "The record is of another kind.";
    Deleted = "deleted", 404, "这条记录已被删除。", "The record was deleted.";
    InOffice = "in-office", 403, "这一项请到办公室的页面上做。", "This is done in the office.";
    ClockTooEarly = "clock-too-early", 422, "这台设备的时钟不对，请先校准时间。", "The clock of this device is wrong; set it first.";
    NotRejected = "not-rejected", 409, "这条记录没有被服务器退回。", "The record was not rejected.";
    NotYours = "not-yours", 403, "这是别人写的，只能由本人放弃。", "Somebody else made this change.";
    OtherPerson = "other-person", 403, "这里已经换了人，这一步没有保存。", "Somebody else works here by now; this was not saved.";
    TagInUse = "tag-in-use", 409, "这个标签已经在另一个点上。", "The tag hangs at another point already.";
    FireItems = "fire-items", 422,
        "防火巡查的路线，七项都要有点位检查；还缺几项。",
        "A fire patrol looks at all seven items; some of them have no point.";
    BelowFloor = "below-floor", 422, "这个值比规定的更松，不能这样设。", "The value is laxer than the rule.";
    WrongPin = "wrong-pin", 422, "PIN 不对，请再试。", "The PIN is wrong; try again.";
    PinNeeded = "pin-needed", 422, "请输入 PIN。", "Enter the PIN.";
    Wait = "wait", 429, "试错次数过多，请稍等再试。", "Too many wrong tries; wait a while.";
    Inactive = "inactive", 422, "此人已不在岗。", "This person no longer works here.";
    BadCode = "bad-code", 422,
        "这不像接入码，请核对后重新填写，或粘贴整条链接。",
        "This does not look like a code; check it, or paste the whole link.";
    BadPerson = "bad-person", 422, "人员的名称太长，或含有不能用的字符。", "The person is not named in a way that can be kept.";
    BadPhoto = "bad-photo", 422, "照片没有存好，请重拍一张。", "The photo was not kept; take it again.";
    BadSignature = "bad-signature", 422, "这不像签名：只碰了一下。请重新签。", "That is no signature, only a touch. Please sign again.";
    NotAPhoto = "not-a-photo", 415, "这个文件不是照片，或已损坏。", "The file is no photo.";
    TooManyExports = "too-many-exports", 429,
        "已经有几份文件在生成或等着取，请先取走或停掉一份，再导出。",
        "Several files are being made or wait to be fetched; fetch or stop one of them first.";
    TooLarge = "too-large", 413, "发送的内容太大。", "What was sent is too large.";
    }
    OF_DOORS: /// What a door answers before or instead of a command.
    {
    SignedOut = "signed-out", 401, "登录已失效，请重新登录。", "The session has ended; sign in again.";
    CrossSite = "cross-site", 403, "只有本程序自己的页面可以这样做。", "Only our own pages may ask this.";
    NotOurs = "not-ours", 400, "这个请求不是发给本程序的。", "The request is not meant for us.";
    TooSlow = "too-slow", 408, "网络太慢，请求没有发完。", "The request takes too long.";
    Stopping = "stopping", 503, "程序正在退出，请稍后再试。", "The program is ending.";
    WrongPassword = "wrong-password", 401, "账号或密码不对。", "The account name or the password is wrong.";
    WrongOldPassword = "wrong-old-password", 422, "原来的密码不对。", "The old password is wrong.";
    WhichOrganisation = "which-organisation", 422,
        "有几所学校都有这个账号名，请选择学校。",
        "Several organisations have an account of this name.";
    MustBegin = "must-begin", 403, "请先说明您是谁，并设定自己的密码。", "Say first who you are, and set a password of your own.";
    MustChangePassword = "must-change-password", 403,
        "请先设定自己的密码：现在的密码别人看到过。",
        "Set a password of your own first: somebody else has seen the present one.";
    WeakPassword = "weak-password", 422, "这个密码太容易猜，请换一个。", "This password is too easily guessed; choose another.";
    SamePassword = "same-password", 422,
        "这就是别人看到过的那个密码，请换一个。",
        "This is the password that somebody else has seen; choose another.";
    PasswordIsOwn = "password-is-own", 422,
        "密码已经是您自己的；要改，请到“我的账号”。",
        "The password is your own already; it is changed under My account.";
    Begun = "begun", 422, "这个账号已经设好了，请重新登录。", "This account is set up already; sign in again.";
    AccountExists = "account-exists", 422,
        "这个账号名已经有人用了，请换一个。",
        "Somebody has this account name already; choose another.";
    OwnAccount = "own-account", 422,
        "不能移除自己正在用的账号，请另一位管理员来做。",
        "The account that you are signed in with is for another administrator to remove.";
    LastAdministrator = "last-administrator", 422,
        "这是最后一位系统管理员的账号，不能移除。请先添加另一位管理员。",
        "This is the last administrator's account and stays. Add another administrator first.";
    }
    OF_THE_COMMAND_LINE: /// What a program ends with that nobody looks at a screen of.
    {
    Usage = "usage", 400, "命令写得不对。", "The command line is wrong.";
    Failed = "failed", 500, "系统没有允许这个操作。", "The system refused.";
    CannotListen = "cannot-listen", 500, "不能在这个地址上提供服务。", "The program cannot listen there.";
    Tls = "tls", 500, "证书或密钥不能用。", "The certificate or its key cannot be used.";
    OrganisationExists = "organisation-exists", 409, "这台服务器上已有这所学校。", "The organisation is on this server already.";
    FileExists = "file-exists", 409, "文件已经存在。", "The file exists.";
    StoreInUse = "store-in-use", 409, "数据正被另一个程序使用。", "The store is in use.";
    StoreMissing = "store-missing", 404, "没有找到数据。", "There is no store.";
    StoreForeign = "store-foreign", 422, "这个文件不是本服务器的数据。", "The file is not a store of this server.";
    StoreNewer = "store-newer", 422, "数据来自更新的版本。", "A newer release wrote the store.";
    StoreOlder = "store-older", 422, "数据来自较旧的版本。", "An older release wrote the store.";
    StoreDamaged = "store-damaged", 500, "服务器的数据已损坏。", "The store is damaged.";
    StoreUnavailable = "store-unavailable", 503, "服务器的数据现在不能用。", "The store cannot be used now.";
    RestoreUnfinished = "restore-unfinished", 409, "上一次恢复没有做完。", "A restore was cut off.";
    DemoFailed = "demo-failed", 500, "演示数据没有建成。", "The demo cannot be made.";
    }
}

impl ProblemType {
    /// The type under its stable name; none for one of a later version.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }

    /// The URN that names the type on the wire.
    pub fn urn(self) -> String {
        format!("{URN}{}", self.slug())
    }

    /// The type that a URN names.
    pub fn of_urn(urn: &str) -> Option<Self> {
        Self::of_slug(urn.strip_prefix(URN)?)
    }
}

/// What every type is written after.
pub(super) const URN: &str = "urn:rounds:problem:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_one_name_and_a_sentence_in_both_languages() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for kind in ProblemType::ALL {
            let (slug, zh, en) = (kind.slug(), kind.zh(), kind.en());
            assert_eq!(ProblemType::of_urn(&kind.urn()), Some(*kind), "{slug} stands twice");
            assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{slug}");
            assert!(zh.ends_with('。') && zh.chars().any(is_han), "{slug} has no Chinese sentence: {zh}");
            assert!(en.ends_with('.') && !en.chars().any(is_han), "{slug} has no English sentence: {en}");
            assert!((400..600).contains(&kind.status()), "{slug}");
        }
    }
}
