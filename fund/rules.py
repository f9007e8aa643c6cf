"""Why an act with money or a statement is refused: one pure function a rule; facts come in as arguments."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.money import to_fen, yuan


def refuse_unless_positive(amount):
    """The amount in fen; a fraction of a fen and anything not above zero are refused."""
    fen = to_fen(amount)
    if fen <= 0:
        raise ValidationError(_("Enter an amount above zero."), code="not_positive")
    return fen


def refuse_wrong_pot(*, pot_id, account_pot_ids):
    """Money of one pot never moves in another (专款专用)."""
    if any(other != pot_id for other in account_pot_ids):
        raise ValidationError(
            _("This account belongs to another pot; money is never moved between pots. Choose an account of this pot."),
            code="wrong_pot",
        )


def refuse_odd_accounts(*, debit, credit):
    """Money comes from a source into the cash box or bank, leaves it for a use, or moves between the two."""
    if debit.pk == credit.pk:
        raise ValidationError(_("Money moves between two different accounts."), code="same_account")
    if not (debit.is_asset or credit.is_asset):
        raise ValidationError(
            _("One side of a movement is the cash box, the bank or the goods in stock."), code="wrong_accounts"
        )


def refuse_day_outside(*, booked_on, opened_on, closed_until, today, happened_on=None):
    """Booked from the opening day to today, and after the last period a published statement covers."""
    refuse_day_before_opening(day=booked_on, opened_on=opened_on)
    if booked_on > today:
        raise ValidationError(
            _("The day %(day)s lies in the future. Book the movement on the day it happens."),
            code="in_future",
            params={"day": booked_on.isoformat()},
        )
    if closed_until and booked_on <= closed_until:
        raise ValidationError(
            _(
                "The account up to %(closed)s is published and closed. Book in the open period and write the real day "
                "under “happened on”."
            ),
            code="closed_period",
            params={"closed": closed_until.isoformat()},
        )
    if happened_on and happened_on > booked_on:
        raise ValidationError(_("It cannot have happened after the day it is booked on."), code="happened_later")


def refuse_overdraft(*, amount, balance):
    """`balance` is the least the account holds from the day of the payment on, in yuan."""
    if amount > balance:
        raise ValidationError(
            _(
                "The account holds %(balance)s yuan; %(amount)s yuan cannot be paid. Lower the amount, or record the income first."
            ),
            code="overdraft",
            params={"balance": yuan(balance), "amount": yuan(amount)},
        )


def refuse_long_text(*, summary, key):
    """What the columns hold; a longer text would be refused by one database and cut by none."""
    if len(summary) > 120 or len(key or "") > 100:
        raise ValidationError(_("The summary has 120 characters at most. Shorten it."), code="too_long")


def refuse_other_content(*, same):
    """A repeated key stands for the same movement, or for a mistake."""
    if not same:
        raise ValidationError(
            _("Another movement was booked under the same key. Nothing was booked again; check which one is right."),
            code="key_reused",
        )


def refuse_second_reversal(*, is_reversed, is_reversal):
    if is_reversed:
        raise ValidationError(_("This entry has been reversed already."), code="already_reversed")
    if is_reversal:
        raise ValidationError(
            _("A reversal is not reversed again. Book the movement anew if it was right."), code="is_reversal"
        )


def refuse_without_reason(reason):
    if not str(reason).strip():
        raise ValidationError(_("Write the reason; it stays in the books."), code="reason_missing")


def refuse_same_hands(*, proposed=None, approved=None, acting):
    """三人: nobody does two of propose, approve and pay, whatever rights the account has. Arguments are user keys."""
    if acting in {proposed, approved} - {None}:
        raise ValidationError(
            _("You have already acted on this record; proposing, approving and paying are three people's work."),
            code="same_hands",
        )


def refuse_wrong_step(*, state, wanted):
    """An act fits one step of the path; a record that somebody else moved on in the meantime is left alone."""
    if state != wanted:
        raise ValidationError(_("This record is at another step by now. Open it again and look."), code="wrong_step")


def refuse_empty_list(count):
    if not count:
        raise ValidationError(_("The list is empty. Add at least one person."), code="empty_list")


def refuse_booked_donation(*, is_booked):
    if is_booked:
        raise ValidationError(_("This donation is booked already."), code="already_booked")


def refuse_same_counter(*, registered, acting):
    """双人清点: whoever took the gift down does not count it. Arguments are user keys."""
    if registered == acting:
        raise ValidationError(
            _("You registered this yourself; somebody else counts it. Ask a colleague to sign in and count."),
            code="same_counter",
        )


def refuse_wrong_count(*, counted, registered):
    """What was counted is what was registered, to the fen; both in yuan."""
    if counted != registered:
        raise ValidationError(
            _(
                "Counted were %(counted)s yuan, registered are %(registered)s yuan: they differ by %(difference)s yuan. Count "
                "again, or have the register corrected; nothing was booked."
            ),
            code="count_differs",
            params={
                "counted": yuan(counted),
                "registered": yuan(registered),
                "difference": yuan(abs(counted - registered)),
            },
        )


def refuse_named_without_consent(*, is_named, consent):
    """个人信息保护法 art. 25: no publication of a name without a consent of its own."""
    if is_named and not consent:
        raise ValidationError(
            _("For the full name in notices, say how the donor agreed; otherwise choose part of the name."),
            code="consent_missing",
        )


def refuse_goods_without_words(*, is_goods, goods):
    if is_goods and not goods.strip():
        raise ValidationError(_("Write what was given, for instance 10 bags of rice."), code="goods_missing")


def refuse_settled_donation(*, is_refused):
    if is_refused:
        raise ValidationError(_("This gift was refused; nothing is booked for it."), code="refused")


def refuse_unreturnable(*, is_booked, is_returned):
    if not is_booked:
        raise ValidationError(_("This donation is not booked yet; correct or delete it instead."), code="not_booked")
    if is_returned:
        raise ValidationError(_("This donation has been returned already."), code="already_returned")


def refuse_period(*, period_from, period_to, opened_on, last_closed, today):
    """Periods follow one another without a gap or an overlap, and a period is over before it is accounted for."""
    if period_to < period_from:
        raise ValidationError(_("The period ends before it begins."), code="period_order")
    if period_to >= today:
        raise ValidationError(
            _("The period ends on %(to)s and is not over yet."), code="not_over", params={"to": period_to.isoformat()}
        )
    if last_closed is None:
        if period_from > opened_on:
            raise ValidationError(
                _("The first statement begins on the opening day %(opened)s."),
                code="gap",
                params={"opened": opened_on.isoformat()},
            )
        return
    expected = last_closed + timedelta(days=1)
    if period_from != expected:
        raise ValidationError(
            _("The last statement ends on %(last)s, so this one begins on %(expected)s."),
            code="gap" if period_from > expected else "overlap",
            params={"last": last_closed.isoformat(), "expected": expected.isoformat()},
        )


def refuse_unbalanced(*, opening, last_closing, income, expense, closing):
    """期初＝上期期末 and 期初＋收入－支出＝期末, in yuan; otherwise nothing is drafted or published."""
    if opening != last_closing:
        raise ValidationError(
            _("The opening balance %(opening)s is not the last closing balance %(last)s. Have the books verified."),
            code="opening",
            params={"opening": yuan(opening), "last": yuan(last_closing)},
        )
    if opening + income - expense != closing:
        raise ValidationError(
            _("%(opening)s + %(income)s − %(expense)s is not %(closing)s. Have the books verified."),
            code="unbalanced",
            params={
                "opening": yuan(opening),
                "income": yuan(income),
                "expense": yuan(expense),
                "closing": yuan(closing),
            },
        )


def refuse_same_reviewer(*, acting, others):
    """起草、初审、复审、发布: the people before you in the chain are not you."""
    if acting in others:
        raise ValidationError(
            _("You have already signed this statement; drafting and the two reviews are three people's work."),
            code="same_hands",
        )


def refuse_changed_ledger(*, same):
    if not same:
        raise ValidationError(
            _("The ledger has changed since the draft was made. Return the statement and have it drafted again."),
            code="ledger_changed",
        )


def refuse_second_draft(*, in_hand):
    if in_hand:
        raise ValidationError(
            _("Another statement of this pot is on its way. Publish or return it first."), code="already_drafted"
        )


def refuse_returned(*, is_open):
    if not is_open:
        raise ValidationError(_("Only a statement on its way can be returned."), code="wrong_step")


def refuse_correction(*, same_pot, is_published, is_corrected, same_period):
    """A correction answers one published statement of the same pot and period, once; a second one corrects the first."""
    if not (same_pot and is_published and same_period):
        raise ValidationError(
            _("A correction answers a published statement of the same pot and period."), code="correction"
        )
    if is_corrected:
        raise ValidationError(
            _("This statement is corrected already; correct the newer one."), code="already_corrected"
        )


def refuse_published_before(*, day, period_to):
    if day <= period_to:
        raise ValidationError(_("A statement is published after its period."), code="not_over")


def refuse_misplaced_question(*, pot_id, kind, about, has_case):
    """A question is about things of its own pot; an objection is against a case."""
    if any(other != pot_id for other in about):
        raise ValidationError(
            _("This stands in another pot. Choose the pot of the statement, movement or case."), code="wrong_pot"
        )
    if kind == "objection" and not has_case:
        raise ValidationError(
            _("An objection is against a case in its notice. Choose the case, or record a question."),
            code="case_missing",
        )


def refuse_future_day(*, day, today):
    if day > today:
        raise ValidationError(_("This day lies in the future. Check the day."), code="in_future")


def refuse_without_words(text):
    if not str(text).strip():
        raise ValidationError(_("Residents read this text; write it first."), code="words_missing")


def refuse_unshown_objection(*, is_objection):
    if is_objection:
        raise ValidationError(
            _("An objection stops a payment, so it is always answered. Write the answer instead."), code="objection"
        )


def refuse_without_outcome(outcome):
    if not outcome:
        raise ValidationError(_("Say whether the objection is upheld."), code="outcome_missing")


def refuse_acted_before(*, acting, others):
    """三人: proposing or reviewing, approving, and paying a case are different people's work. Arguments are user keys."""
    if acting in others:
        raise ValidationError(
            _("You have already acted on this record; proposing, approving and paying are three people's work."),
            code="same_hands",
        )


def refuse_recused(*, is_recused):
    if is_recused:
        raise ValidationError(
            _("You are registered as recused from this person's cases. Let somebody else act."), code="recused"
        )


def refuse_recused_hands(*, count):
    if count:
        raise ValidationError(
            _(
                "Somebody who acted on this case was registered as recused since. Withdraw it and have others hand it in "
                "anew."
            ),
            code="recused_hand",
        )


def refuse_own_case(*, account_name, beneficiary):
    """回避: the register may miss somebody, so the name itself is compared too."""
    own = "".join(account_name.split())
    if own and own == "".join(beneficiary.split()):
        raise ValidationError(
            _("The applicant bears your name; nobody acts on their own case. Let somebody else act."), code="own_case"
        )


def refuse_earlier(*, day, earlier):
    """Steps of one record follow one another in time."""
    if earlier and day < earlier:
        raise ValidationError(
            _("The step before was on %(earlier)s; %(day)s lies before it. Check the day."),
            code="too_early",
            params={"earlier": earlier.isoformat(), "day": day.isoformat()},
        )


def refuse_odd_votes(*, votes_for, votes_against, votes_abstained, agreed, is_needed):
    """A branch agrees by more than half of those present; without votes there was no meeting."""
    present = votes_for + votes_against + votes_abstained
    if min(votes_for, votes_against, votes_abstained) < 0 or (is_needed and not present):
        raise ValidationError(_("Enter the votes of the meeting."), code="votes")
    if present and agreed and votes_for * 2 <= present:
        raise ValidationError(
            _("%(votes_for)s of %(present)s votes are not more than half; the branch did not agree."),
            code="votes",
            params={"votes_for": votes_for, "present": present},
        )


def refuse_excluded(*, words):
    """§4.9: whoever is excluded is not helped from the fund; the case can be rejected."""
    if words:
        raise ValidationError(
            _("The check found an exclusion: %(words)s. Reject the case."),
            code="excluded",
            params={"words": "; ".join(words)},
        )


def refuse_above_standard(*, amount, highest):
    if highest is not None and amount > highest:
        raise ValidationError(
            _("One case gets %(highest)s yuan at most; %(amount)s yuan cannot be approved. Lower the amount."),
            code="above_standard",
            params={"highest": yuan(highest), "amount": yuan(amount)},
        )


def refuse_too_many_cases(*, recent, most):
    if most is not None and recent >= most:
        raise ValidationError(
            _("This person was helped %(recent)s times in the last 12 months; %(most)s are allowed."),
            code="too_many_cases",
            params={"recent": recent, "most": most},
        )


def refuse_open_objection(*, count):
    if count:
        raise ValidationError(
            _("An objection to this case is not answered yet. Answer it first."), code="open_objection"
        )


def refuse_objection_outside(*, in_notice):
    if not in_notice:
        raise ValidationError(
            _("This case stands in no notice, so nobody can object to it. Record a question instead."),
            code="wrong_step",
        )


def refuse_during_notice(*, on, notice_to):
    """公示期: what is noticed happens on a day after the last day of the notice."""
    if notice_to is None:
        raise ValidationError(_("The notice has not begun. Start it first."), code="in_notice")
    if on <= notice_to:
        raise ValidationError(
            _("The notice lasts to %(last)s, that day included. Come back after it."),
            code="in_notice",
            params={"last": notice_to.isoformat()},
        )


def refuse_unsigned(*, is_signed):
    if not is_signed:
        raise ValidationError(
            _("Enter who signed for the money, or why or how else it was handed over."), code="not_signed"
        )


def refuse_missing_signatures(*, count):
    if count:
        raise ValidationError(
            _("%(count)s people have not signed yet. Record each signature, or why the money was not handed over."),
            code="unsigned",
            params={"count": count},
        )


def refuse_without_finding(finding):
    if not str(finding).strip():
        raise ValidationError(_("Write what the recipient said."), code="reason_missing")


def refuse_incomplete(*, is_signed, is_spot_checked, has_notice):
    """归档: a file is closed when signature and spot check are in it, and the notice that an emergency put off."""
    missing = [
        word
        for word, is_there in (
            (_("the signature or transfer slip"), is_signed),
            (_("the spot check with the recipient"), is_spot_checked),
            (_("the notice"), has_notice),
        )
        if not is_there
    ]
    if missing:
        raise ValidationError(
            _("The file is not complete. Missing: %(missing)s."),
            code="incomplete",
            params={"missing": "; ".join(str(word) for word in missing)},
        )


def refuse_large_paper(*, size, largest):
    if size > largest:
        raise ValidationError(
            _("The file has %(size)s MB; %(largest)s MB are the most. Scan it with a lower resolution."),
            code="file_too_large",
            params={"size": -(-size // 1024**2), "largest": largest // 1024**2},
        )


def refuse_odd_paper(*, is_known):
    if not is_known:
        raise ValidationError(_("Choose a PDF, JPEG or PNG file."), code="file_kind")


def refuse_month_before_rule(*, month, starts_on):
    if month < starts_on:
        raise ValidationError(
            _("The rule begins in %(first)s; there is no allowance before."),
            code="before_rule",
            params={"first": f"{starts_on:%Y-%m}"},
        )


def refuse_month_twice(*, is_made, month):
    if is_made:
        raise ValidationError(
            _("There is a list for %(month)s already. Open it in the list of runs."),
            code="month_twice",
            params={"month": f"{month:%Y-%m}"},
        )


def refuse_foreign_account(*, pot_id, account_pot_id, is_asset):
    """A budget is planned for a source or a use of its own pot."""
    if account_pot_id != pot_id or is_asset:
        raise ValidationError(_("Choose a source or a use of this pot."), code="wrong_pot")


def refuse_counted_below_zero(*, amount):
    if amount < 0:
        raise ValidationError(_("A cash box cannot hold less than nothing. Check the amount."), code="negative")


def refuse_unexplained_difference(*, difference, reason):
    """长款、短款: cash that differs from the books is written down with its reason at once."""
    if difference and not reason.strip():
        raise ValidationError(
            _("The box and the books differ by %(difference)s yuan. Count again, or write why they differ."),
            code="difference",
            params={"difference": yuan(abs(difference))},
        )


def refuse_unlike_line(*, same):
    if not same:
        raise ValidationError(
            _("This entry moved another amount, or the other way. Choose one that fits the line."), code="unlike"
        )


def refuse_covered_days(*, covered):
    """Every day of the bank is told by one list; `covered` is the list that tells some of these days already."""
    if covered is not None:
        raise ValidationError(
            _("The list of %(covered)s holds some of these days already. Export the days after it and upload those."),
            code="covered",
            params={"covered": covered},
        )


def refuse_day_before_opening(*, day, opened_on):
    if day < opened_on:
        raise ValidationError(
            _("The pot was opened on %(opened)s; %(day)s lies before. Check the day."),
            code="before_opening",
            params={"opened": opened_on.isoformat(), "day": day.isoformat()},
        )


def refuse_nothing_missing(*, count):
    if not count:
        raise ValidationError(_("Every month that is due has its list."), code="nothing_missing")
