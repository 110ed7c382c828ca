// Bugs to plant where an order is paid once, and a payment is followed and told of. `find` stands in its file exactly
// once. They are to be caught by the lives of orders.

const answer = 'src/gateway/payment_answer.rs';
const machine = 'src/consent/machine.rs';
const order = 'src/host/order.rs';
const out = 'src/consent/out.rs';
const outbox = 'src/consent/outbox.rs';
const paying = 'src/consent/paying.rs';
const payments = 'src/consent/payments.rs';
const following = 'src/consent/following.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofPayments = [
  // Who may pay an order.
  {
    name: 'grant an order without keeping who holds it',
    file: order,
    find: 'self.keep(Record { digest, holder: by, view, at: now, over_at: None });',
    replace: 'self.record = Some(Record { digest, holder: by, view, at: now, over_at: None });',
  },
  {
    name: 'give a claim that comes while the holder is asked the answer that another one waits for',
    file: order,
    find: 'self.queue.push_back(Ask { caller, by: Some(by), digest: Some(digest) });',
    replace: 'self.queue.push_front(Ask { caller, by: Some(by), digest: Some(digest) });',
  },
  {
    name: 'take a holder that is gone for one that has not paid',
    file: order,
    find: 'self.learn(PaymentView { state: PaymentState::Unknown, ..PaymentView::submitting() }, now);',
    replace: `if self.state() == Some(PaymentState::Submitting) {
                    return self.settle(ask, Claim::Granted, now);
                }`,
  },
  {
    name: 'have a payment that was told of as sent unsent by another word',
    file: order,
    find: 'Standing::NotSent if self.state() == Some(PaymentState::Submitting) => Claim::Granted,',
    replace: 'Standing::NotSent if self.state().is_some() => Claim::Granted,',
  },
  {
    name: 'take the answer to a question that was given up',
    file: order,
    find: 'if self.inquiry != Some(id) {',
    replace: 'if self.inquiry.is_none() || id == 0 {',
  },
  {
    name: 'grant an order to whoever claims it for another payment',
    file: order,
    find: 'if ask.digest.is_some_and(|digest| digest != record.digest) {',
    replace: 'if ask.by.is_none() && ask.digest.is_some_and(|digest| digest != record.digest) {',
  },
  {
    name: 'grant an order whose holder cannot be asked',
    file: order,
    find: 'Standing::Failed => Claim::Failed,',
    replace: `Standing::Failed if self.state() == Some(PaymentState::Submitting) => Claim::Granted,
            Standing::Failed => Claim::Failed,`,
  },
  {
    name: 'ask the holder of an order without having it let go',
    file: order,
    find: 'consent, lets_go: ask.by.is_some() });',
    replace: 'consent, lets_go: false });',
  },
  {
    name: 'leave an order to a payment that was rejected',
    file: order,
    find: 'if is_own { PaymentState::Submitting } else { PaymentState::Rejected }',
    replace: 'if is_own { PaymentState::Submitting } else { PaymentState::Ready }',
  },
  {
    name: 'free an order once its payment is credited',
    file: order,
    find: 'if is_own { PaymentState::Submitting } else { PaymentState::Rejected }',
    replace: 'if is_own { PaymentState::Submitting } else { PaymentState::Credited }',
  },
  {
    name: 'grant an order again to the holder that has paid it',
    file: order,
    find: '(is_own || state.is_final()).then(',
    replace: `if is_own && !state.is_final() {
            return Some(Claim::Granted);
        }
        state.is_final().then(`,
  },
  {
    name: 'take the word of a consent that does not hold the order',
    file: order,
    find: 'is_some_and(|record| record.holder == by)',
    replace: 'is_some_and(|record| record.holder == by || view.state == PaymentState::Rejected)',
  },
  {
    name: "let an order's state go back by a word that comes late",
    file: order,
    find: 'let state = record.view.state.after(view.state);',
    replace: 'let state = view.state;',
  },
  {
    name: 'let an order keep an older word of the bank',
    file: order,
    find: 'view.bank_status.filter(|_| state == view.state)',
    replace: 'view.bank_status',
  },
  {
    name: 'forget an order by one reading of the clock',
    file: order,
    find: 'Some(first) if now - first >= CONFIRMED_MS => {',
    replace: 'Some(first) if now >= first => {',
  },
  {
    name: 'add up what the clock said when it was wrong',
    file: order,
    find: 'self.read_clock(now);',
    replace: '',
  },

  // A claim, and what is sent with it.
  {
    name: 'take the grant of a claim that was given up',
    file: payments,
    find: 'Attempt::Claiming(under_way, ..) if under_way == id)',
    replace: 'Attempt::Claiming(under_way, ..) if under_way >= id)',
  },
  {
    name: 'go on with an attempt that was let go',
    file: payments,
    find: 'if lets_go && !is_sent {',
    replace: 'if lets_go && !is_sent && self.callers.is_empty() {',
  },
  {
    name: 'wait for ever for an order that does not answer',
    file: payments,
    find: 'Attempt::Claiming(_, at, _) => Some(Wake { at: at + CLAIM_DEADLINE_MS, reason: Reason::ClaimOverdue }),',
    replace: 'Attempt::Claiming(..) => None,',
  },
  {
    name: 'send a payment that its order said no to',
    file: payments,
    find: 'Claim::Failed => Failure::Crowded(COME_BACK_S),',
    replace: `Claim::Failed => {
                self.submit(wanted, turn);
                return None;
            }`,
  },
  {
    name: 'send a payment without asking its order',
    file: payments,
    find: 'match &wanted.order {',
    replace: 'match wanted.order.as_ref().filter(|_| wanted.since != turn.now) {',
  },
  {
    name: 'send a payment before that is kept',
    file: payments,
    find: '        turn.keep();\n        self.attempt = Attempt::Sent',
    replace: '        self.attempt = Attempt::Sent',
  },
  {
    name: 'send a payment again after its answer was lost',
    file: payments,
    find: 'let is_submitted = record.paying.submission.is_some();',
    replace: 'let is_submitted = record.paying.submission.as_ref().is_some_and(|it| it.reference.is_some());',
  },
  {
    name: 'send a payment again after a crash',
    file: payments,
    find: 'turn.learn(unknown);',
    replace: 'drop(unknown);\n            turn.record.paying.submission = None;\n            turn.keep();',
  },
  {
    name: 'submit another payment than was stated',
    file: payments,
    find: 'if asked != *stated => return Err(Failure::PaymentMismatch),',
    replace: 'if asked.text().len() != stated.text().len() => return Err(Failure::PaymentMismatch),',
  },
  {
    name: 'take another payment for the one that is under way',
    file: payments,
    find: 'self.payment == other.payment && self.order == other.order',
    replace: 'self.order == other.order',
  },
  {
    name: 'tell who asks for another payment of the one that was submitted',
    file: payments,
    find: 'Err(Failure::PaymentMismatch) if is_submitted => return self.one_too_many(caller, turn),',
    replace: `Err(Failure::PaymentMismatch) if is_submitted => {
                let view = PaymentView::of(record).brief();
                turn.out.answer(caller, Ok(Outcome::Payment(Known::Again(view))));
                return None;
            }`,
  },
  {
    name: 'tell two callers that it was submitted for them',
    file: payments,
    find: 'let known = if at == 0 {',
    replace: 'let known = if at < 2 {',
  },
  {
    name: 'forget a payment that is followed when its consent is replaced',
    file: machine,
    find: 'is_some_and(|record| record.paying.submission.is_none())',
    replace: 'is_some_and(|record| record.paying.submission.is_none() || record.paying.order.is_some())',
  },

  // What the bank said.
  {
    name: 'tell a payment as accepted whose answer says nothing',
    file: payments,
    find: 'let state = read.state.unwrap_or(PaymentState::Unknown);',
    replace: 'let state = read.state.unwrap_or(PaymentState::Accepted);',
  },
  {
    name: 'tell a payment as rejected whose answer was lost',
    file: payments,
    find: 'turn.learn(PaymentAnswer { state: Some(PaymentState::Unknown), bank_status: None',
    replace: 'turn.learn(PaymentAnswer { state: Some(PaymentState::Rejected), bank_status: None',
  },
  {
    name: 'leave a payment submitting after a crash',
    file: payments,
    find: 'submission.is_some_and(|submission| submission.state == PaymentState::Submitting)',
    replace: 'submission.is_some_and(|submission| submission.state == PaymentState::Ready)',
  },
  {
    name: 'leave nobody to notice a crash while a payment is under way',
    file: payments,
    find: 'Attempt::Sent(_, since) => Some(Wake { at: since + LOST_AFTER_MS, reason: Reason::PaymentOverdue }),',
    replace: 'Attempt::Sent(..) => None,',
  },
  {
    name: 'ignore an answer that comes late',
    file: payments,
    find: ' || self.given_up == Some(id)',
    replace: '',
  },
  {
    name: 'take a late answer each time that it comes',
    file: payments,
    find: 'self.given_up.take_if(|given_up| *given_up == id).is_some()',
    replace: 'self.given_up == Some(id)',
  },
  {
    name: 'take a failure of the bank for its no',
    file: answer,
    find: '400..500 if Self::of_failure',
    replace: '400..600 if Self::of_failure',
  },
  {
    name: 'take a refusal that names a payment for a no',
    file: answer,
    find: '400..500 if Self::of_failure(&object).reference.is_none() => {',
    replace: '400..500 => {',
  },
  {
    name: 'take a conflict for a no',
    file: answer,
    find: '408 | 409 | 425 =>',
    replace: '408 | 425 =>',
  },
  {
    name: "take a proxy's page for the bank's no",
    file: answer,
    find: 'let Ok(object) = Object::parse(body) else { return Self::nothing() };',
    replace: `let Ok(object) = Object::parse(body) else {
            let is_refused = (400..500).contains(&status);
            return Self { state: is_refused.then_some(PaymentState::Rejected), ..Self::nothing() };
        };`,
  },
  {
    name: 'take any 2xx for a yes',
    file: answer,
    find: 'self.state.or(is_known.then_some(PaymentState::Accepted))',
    replace: 'self.state.or(Some(PaymentState::Accepted).filter(|_| is_known || self.reference.is_none()))',
  },
  {
    name: 'believe a word in a failure',
    file: answer,
    find: '            _ => Self::of_failure(&object),',
    replace: '            _ => read,',
  },
  {
    name: 'let an end change',
    file: answer,
    find: 'if self.is_final() || is_older { self } else { word }',
    replace: 'if is_older { self } else { word }',
  },
  {
    name: 'unlearn what the bank said',
    file: answer,
    find: 'Self::Unknown => self != Self::Submitting,',
    replace: 'Self::Unknown => false,',
  },
  {
    name: 'ask by the last name that the bank gave',
    file: paying,
    find: 'self.reference.take().or(answer.reference)',
    replace: 'answer.reference.or(self.reference.take())',
  },
  {
    name: "keep the bank's first word",
    file: paying,
    find: 'answer.bank_status.or(self.bank_status.take())',
    replace: 'self.bank_status.take().or(answer.bank_status)',
  },

  // Following it.
  {
    name: 'ask for the status as often as anybody likes',
    file: following,
    find: 'submission.state == PaymentState::Submitting || is_just_asked {',
    replace: 'submission.state == PaymentState::Submitting || is_just_asked && submission.state.is_final() {',
  },
  {
    name: 'forget at a crash that the status was asked for',
    file: following,
    find: '        self.is_asking = true;\n        turn.keep();',
    replace: '        self.is_asking = true;',
  },
  {
    name: 'ask in gaps that do not grow',
    file: following,
    find: 'gap = (2 * gap).min(LONGEST_GAP_MS);',
    replace: 'gap = gap.min(LONGEST_GAP_MS);',
  },
  {
    name: 'ask in gaps that grow beyond an hour',
    file: following,
    find: 'gap = (2 * gap).min(LONGEST_GAP_MS);',
    replace: 'gap = (2 * gap).min(3 * LONGEST_GAP_MS);',
  },
  {
    name: 'follow a payment for ten days',
    file: following,
    find: 'let ends_at = submission.at + self.watch.ms();',
    replace: 'let ends_at = submission.at + 10 * self.watch.ms();',
  },
  {
    name: 'follow no payment that left by a clock that was ahead',
    file: payments,
    find: 'if !submission.state.is_final() && (at, asked_at)',
    replace: 'if submission.state.is_final() && (at, asked_at)',
  },
  {
    name: 'poll for a status that was just asked for',
    file: following,
    find: '(at <= ends_at).then(|| at.max(earliest)',
    replace: '(at <= ends_at).then(|| at.max(earliest.min(at))',
  },
  {
    name: 'set no alarm while the bank is asked',
    file: following,
    find: 'let may_ask = is_held && submission.state',
    replace: 'let may_ask = is_held && !self.is_asking && submission.state',
  },

  // Telling of it.
  {
    name: 'note no unknown payment',
    file: out,
    find: 'if state != before {',
    replace: 'if state != before && state != PaymentState::Unknown {',
  },
  {
    name: 'tell the order of no payment',
    file: out,
    find: 'if self.record.paying.order.is_some() {',
    replace: 'if self.record.paying.order.is_none() {',
  },
  {
    name: 'tell a host that does not listen',
    file: out,
    find: 'if self.out.host_listens {',
    replace: 'if self.out.host_listens || matches!(what, What::Payment(_)) {',
  },
  {
    name: 'number notes anew once they were delivered',
    file: out,
    find: 'self.record.noted = id.wrapping_add(1);',
    replace: 'self.record.noted = u32::try_from(self.record.notes.len()).unwrap_or(id);',
  },
  {
    name: 'take out a note that was not delivered',
    file: outbox,
    find: '        if is_delivered {\n            self.under_way',
    replace: '        if is_delivered || self.failures > 1 {\n            self.under_way',
  },
  {
    name: 'deliver a note again only after a crash',
    file: outbox,
    find: '            self.under_way.clear();',
    replace: '            self.due = None;',
  },
  {
    name: 'forget at a crash what was to be delivered',
    file: outbox,
    find: 'self.due.map(|at| Wake { at, reason: Reason::Delivery })',
    replace: 'self.due.filter(|_| self.failures > 0).map(|at| Wake { at, reason: Reason::Delivery })',
  },
  {
    name: 'take the notes out with the consent',
    file: machine,
    find: '.filter(|record| !record.owes_nothing())',
    replace: '.filter(|record| record.notes.len() > 9 && !record.owes_nothing())',
  },
  {
    name: 'wake a consent for ever that has told all',
    file: machine,
    find: 'None => self.outbox = Outbox::default(),',
    replace: 'None => {}',
  },
];
