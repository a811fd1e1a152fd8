package dev.forebear.worker;

import dev.forebear.schemas.wire.Lane;
import java.util.function.BooleanSupplier;

/**
 * Which records of one partition are taken in, and where to read next. Interactive records must not wait behind a
 * backfill that lies before them in the same partition. So when bulk work has no place left, reading goes on at the
 * <em>front</em> and leaves bulk records out; when there is place again, reading goes <em>back</em> to the first one
 * left out, and then returns to the front. A record is read at most twice.
 *
 * <pre>
 *        committed ≤ back            front
 *   ─────────┴────────┴────────────────┴─────────▶ offsets
 *    all taken in     only interactive   not read
 * </pre>
 *
 * An interactive record may so overtake a bulk one of the same model. Both read the weights as they lie there when
 * their turn comes, so whichever is last is right. Used by one thread.
 */
final class PartitionIntake {

    /** What the reader of the partition does after a record. */
    enum Next {
        /** Go on with the following record. */
        CONTINUE,
        /** Go on at {@link #position()}. */
        SEEK,
        /** Go on at {@link #position()}, but not before there is place again. */
        SEEK_AND_PAUSE
    }

    private final OffsetLedger ledger = new OffsetLedger();
    private long back;
    private long front;
    private boolean goneBack;

    PartitionIntake(long position) {
        this.back = position;
        this.front = position;
    }

    /**
     * Decides on a record.
     *
     * @param offer tries to find a place for it; false when there is none
     */
    Next consider(long offset, Lane lane, BooleanSupplier offer) {
        if (goneBack && offset < front) {
            return considerAgain(offset, lane, offer);
        }
        if (goneBack) {
            back = front;
            goneBack = false;
        }
        boolean inStep = back >= front;
        if (lane == Lane.BULK && !inStep) {
            front = offset + 1;
            return Next.CONTINUE;
        }
        if (offer.getAsBoolean()) {
            ledger.begin(offset);
            front = offset + 1;
            back = inStep ? front : back;
            return Next.CONTINUE;
        }
        front = lane == Lane.BULK ? offset + 1 : offset;
        back = inStep ? offset : back;
        return lane == Lane.BULK ? Next.CONTINUE : Next.SEEK_AND_PAUSE;
    }

    private Next considerAgain(long offset, Lane lane, BooleanSupplier offer) {
        if (lane == Lane.BULK) {
            if (!offer.getAsBoolean()) {
                back = offset;
                goneBack = false;
                return Next.SEEK;
            }
            ledger.begin(offset);
        }
        back = offset + 1;
        goneBack = back < front;
        return Next.CONTINUE;
    }

    /** Goes back to the bulk records that were left out; true when there are any, and then the reader must seek. */
    boolean goBack() {
        if (goneBack || back >= front) {
            return false;
        }
        goneBack = true;
        return true;
    }

    /** Where to read next. */
    long position() {
        return goneBack ? back : front;
    }

    void finish(long offset) {
        ledger.finish(offset);
    }

    /** Every record before this offset is finished. */
    long committable() {
        return ledger.committable(back);
    }

    int unfinished() {
        return ledger.size();
    }
}
