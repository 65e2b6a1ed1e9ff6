//! Noticing that the store has gone back: somebody put its files back by hand.

use uuid::Uuid;

use super::hub::Hub;

impl Hub {
    /// Notes, and tells whoever looks after the server, that a device came which had read or sent more than the store
    /// holds.
    ///
    /// It opens no refill by itself: during one a device's word is taken for what others wrote, and a device alone must
    /// not bring that about.
    pub(super) fn note_went_back(&self, organisation: Uuid) {
        let now_ms = self.0.clock.now_ms();
        if !self.0.alarms.is_due(organisation, now_ms) {
            return;
        }
        tracing::error!(
            %organisation,
            "a device knows more than this store holds: the store was put back without `restore`. \
             Run `rounds-server refill begin`, so that the tablets may bring back what is missing"
        );
        self.0.writer.mention(organisation, move |txn| txn.put_went_back(organisation, now_ms));
    }
}
