package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.pickle.PickleValue.Binary;
import dev.forebear.checkpoint.pickle.PickleValue.Decimal;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import java.io.IOException;
import java.math.BigInteger;

/** Reads the numbers, texts and bytes that follow their opcodes. */
final class PickleAtoms {

    private static final int INTEGER_LIMIT = 1_000;

    private final PickleInput input;

    PickleAtoms(PickleInput input) {
        this.input = input;
    }

    /** @throws NumberFormatException when what follows is no number, or one of absurd length */
    PickleValue number(int opcode) throws IOException {
        return switch (opcode) {
            case 'I' -> PickleText.integer(input.line());
            case 'L' -> PickleText.longInteger(input.line());
            case 'J' -> new Whole(input.signedInt());
            case 'K' -> new Whole(input.unsignedByte());
            case 'M' -> new Whole(input.unsignedShort());
            case 'F' -> PickleText.decimal(input.line());
            case 'G' -> new Decimal(input.bigEndianDouble());
            default -> large(opcode == 0x8a ? input.unsignedByte() : input.unsignedInt());
        };
    }

    private PickleValue large(long length) throws IOException {
        if (length > INTEGER_LIMIT) {
            throw new NumberFormatException("an integer of " + length + " bytes");
        }
        byte[] bytes = input.bytes(length);
        for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
            byte swapped = bytes[low];
            bytes[low] = bytes[high];
            bytes[high] = swapped;
        }
        return PickleText.of(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    Text text(int opcode) throws IOException {
        return switch (opcode) {
            case 'S' -> PickleText.quoted(input.line());
            case 'V' -> PickleText.rawUnicode(input.line());
            case 'U', 0x8c -> new Text(input.text(input.unsignedByte()));
            case 0x8d -> new Text(input.text(input.signedLong()));
            default -> new Text(input.text(input.unsignedInt()));
        };
    }

    /** Bytes, which are passed over. */
    Binary binary(int opcode) throws IOException {
        long length =
                switch (opcode) {
                    case 'C' -> input.unsignedByte();
                    case 'B' -> input.unsignedInt();
                    case 0x97 -> 0; // The next buffer, which is kept outside.
                    default -> input.signedLong();
                };
        input.skip(length);
        return new Binary(length);
    }
}
