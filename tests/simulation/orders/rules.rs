//! What must hold in the life of an order, by the names under which a violation is reported.

pub const ONE_PAYMENT: &str = "PAY-5: the bank makes one payment of an order, unless each before it was rejected";
pub const SENT_ONCE: &str = "PAY-2: a consent sends its payment once, whatever fails";
pub const KEPT_FIRST: &str = "PAY-2: that a payment leaves is durable before it does, and leaves as it is kept";
pub const HELD: &str = "PAY-5: a payment leaves while the order, durably, is its consent's";
pub const GRANTED: &str = "PAY-5: an order is granted where no other consent may have paid it, and kept so first";
pub const HOLDER: &str = "PAY-5: an order changes hands where its payment was rejected or its holder let go";
pub const CLAIM: &str = "PAY-5: an order answers a claim by what is durable";
pub const ORDER_STATE: &str = "PAY-5: an order knows of its payment what its holder told, and unlearns nothing";
pub const FORGOTTEN: &str = "REV-2: an order is forgotten when two readings of the clock, a minute apart, say so";
pub const STATE: &str =
    "PAY-2: a payment's state follows from what the bank said, and is unknown where it said nothing";
pub const BANK_SAID: &str = "PAY-3: the bank's words and names are kept as they came, its first name for ever";
pub const TRUE_YES: &str = "PAY-2: no payment is told as accepted that the bank did not make";
pub const TRUE_NO: &str = "PAY-2: no payment is told as rejected that the bank made, unless it says so itself";
pub const STEPS: &str = "PAY-1: what is kept of a payment stays as it was submitted";
pub const FIRST: &str = "PAY-4: one caller of those who wait is the first, the others are told it is there already";
pub const SAME_VIEW: &str = "PAY-4: every caller is told what is durable";
pub const TOLD: &str = "PAY-4: each caller is told why it was not paid, and is told so where it was not";
pub const ASKED: &str = "PAY-3: the status is asked for at most every 2 seconds, of which the question is durable";
pub const GAPS: &str = "PAY-3: it is asked for unasked in gaps that grow to an hour, for a day";
pub const FOLLOWED: &str = "PAY-3: a payment that the bank names is followed to its end";
pub const NOTED: &str = "PAY-5: each new state is noted with it, for the order and for a host that listens";
pub const NOTE_KEPT: &str = "a note stays until its receiver has it";
pub const NOTE_SAME: &str = "a note is delivered with the same id and content each time";
pub const NOTE_ARRIVES: &str = "each note arrives once its receiver takes any";
pub const RESUMED: &str = "PAY-2: a payment that was under way at a crash is unknown after it";
pub const CAN_BE_PAID: &str = "PAY-5: an order that nobody has paid can be paid once nothing fails any more";
pub const STAYS_PAID: &str = "PAY-5: an order that may have been paid is not paid again";
pub const PAYER: &str = "PAY-1: a consent for a payment sends nothing but its payment, its status and its tokens";
