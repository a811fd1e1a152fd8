package dev.forebear.signals.weights;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.StableHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Tokens whose embeddings stand for meaning in any vocabulary, and their vectors: centred, without the principal
 * components that all models trained on text share, of unit length, centred again.
 *
 * @param tokens the tokens
 * @param vectors one row for every token (tokens × hidden size)
 */
public record Anchors(List<Token> tokens, double[][] vectors) {

    private record Weighted(Token token, double weight) {}

    /** Functionals need this many shared anchors; with fewer, independent models reach .13. */
    public static final int FEWEST = 128;

    private static final int MOST_COMPONENTS = 128;
    private static final int LONGEST = 30;

    /**
     * The tokens of smallest hash, where a hash weighs four times more with every character, so that the short ASCII
     * tokens that most vocabularies share come first.
     */
    public static List<Token> choose(List<Token> vocabulary, int embeddingRows, int atMost) {
        return vocabulary.stream()
                .filter(token -> token.id() >= 0 && token.id() < embeddingRows)
                .map(token -> new Weighted(token, weight(token)))
                .sorted(Comparator.comparingDouble(Weighted::weight)
                        .thenComparing(found -> found.token().key()))
                .limit(atMost)
                .map(Weighted::token)
                .toList();
    }

    /** Ids instead of texts, for a checkpoint without a tokenizer: comparable only with another of its kind. */
    public static List<Token> byId(int embeddingRows) {
        return IntStream.range(0, embeddingRows)
                .mapToObj(id -> new Token(id, "ff" + HexFormat.of().toHexDigits(id)))
                .toList();
    }

    private static double weight(Token token) {
        byte[] bytes = HexFormat.of().parseHex(token.key());
        int length = bytes.length;
        boolean ascii = true;
        for (byte value : bytes) {
            ascii &= value >= 0x20 && value < 0x7F;
        }
        if (length > 0 && bytes[0] == ' ') {
            length--;
        }
        double hash = (StableHash.of(token.key()) >>> 11) * 0x1p-53;
        return (ascii ? 0 : 0x1p70) + Math.scalb(hash, 2 * Math.min(length, LONGEST));
    }

    /** From one embedding row per token. */
    public static Anchors embeddings(Transformer transformer, List<Token> tokens, Findings findings)
            throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        double[][] vectors = new double[tokens.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = reader.embedding(transformer.embedding(), tokens.get(i).id());
        }
        return prepared(tokens, vectors);
    }

    /** From one row of the output head per token, with the gain of the norm before it. */
    public static Anchors outputs(Transformer transformer, WeightMatrix head, List<Token> tokens, Findings findings)
            throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        double[] gain = reader.gain(transformer.finalNormGain());
        double[][] vectors = new double[tokens.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = reader.read(head, gain, tokens.get(i).id(), 1)[0];
        }
        return prepared(tokens, vectors);
    }

    /** From one vector per token, which are changed in place: centred, without principal components, of unit length. */
    public static Anchors prepared(List<Token> tokens, double[][] vectors) {
        Rows.centre(vectors);
        removePrincipalComponents(vectors);
        Rows.normalise(vectors);
        Rows.centre(vectors);
        return new Anchors(tokens, vectors);
    }

    /** Sums of all vectors with signs that hang on the text of the tokens (width × hidden size); width at most 256. */
    public double[][] withSigns(int width) {
        double[][] sums = new double[width][vectors[0].length];
        for (int i = 0; i < vectors.length; i++) {
            int[] signs = signs(i, width);
            for (int k = 0; k < width; k++) {
                Rows.add(vectors[i], signs[k], sums[k]);
            }
        }
        return sums;
    }

    /**
     * Subtracts from the products of these sums what every token contributes with itself, which is the same for every
     * model, in place (width × width).
     */
    public void subtractDiagonal(double[][] products) {
        for (int i = 0; i < vectors.length; i++) {
            int[] signs = signs(i, products.length);
            double square = Rows.dot(vectors[i], vectors[i]);
            for (int k = 0; k < products.length; k++) {
                for (int l = 0; l < products.length; l++) {
                    products[k][l] -= signs[k] * signs[l] * square;
                }
            }
        }
    }

    private int[] signs(int token, int width) {
        long hash = StableHash.of(tokens.get(token).key());
        int[] signs = new int[width];
        for (int k = 0; k < width; k++) {
            long bits = StableHash.of(hash, k / Long.SIZE);
            signs[k] = (bits >>> k % Long.SIZE & 1) == 0 ? 1 : -1;
        }
        return signs;
    }

    /**
     * The top eighth of the hidden size, at most {@value #MOST_COMPONENTS} and at most a quarter of the tokens. The
     * decomposition is that of the smaller Gram matrix, so never larger than tokens × tokens.
     */
    private static void removePrincipalComponents(double[][] vectors) {
        if (Arrays.stream(vectors).allMatch(Rows::isZero)) {
            return;
        }
        int width = vectors[0].length;
        int components = Math.min(Math.max(1, width / 8), Math.min(MOST_COMPONENTS, vectors.length / 4));
        for (double[] direction : principalDirections(vectors, components)) {
            for (double[] vector : vectors) {
                Rows.add(direction, -Rows.dot(vector, direction), vector);
            }
        }
    }

    private static double[][] principalDirections(double[][] vectors, int components) {
        boolean wide = vectors[0].length > vectors.length;
        double[][] gram = wide ? Rows.gram(vectors) : columnGram(vectors);
        IntFunction<RealVector> eigenvectors = eigenvectors(new Array2DRowRealMatrix(gram, false));
        double[][] directions = new double[components][];
        for (int i = 0; i < components; i++) {
            double[] eigenvector = eigenvectors.apply(i).toArray();
            directions[i] = wide ? combination(eigenvector, vectors) : eigenvector;
        }
        Rows.normalise(directions);
        return directions;
    }

    /** Of the largest eigenvalue first. */
    private static IntFunction<RealVector> eigenvectors(RealMatrix gram) {
        try {
            return new EigenDecompositionSymmetric(gram)::getEigenvector;
        } catch (MathIllegalStateException noConvergence) {
            // Where many vectors are equal most eigenvalues are none; singular values take longer and do not mind.
            return new SingularValueDecomposition(gram).getV()::getColumnVector;
        }
    }

    private static double[][] columnGram(double[][] vectors) {
        double[][] gram = new double[vectors[0].length][vectors[0].length];
        for (double[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                Rows.add(vector, vector[i], gram[i]);
            }
        }
        return gram;
    }

    private static double[] combination(double[] weights, double[][] vectors) {
        double[] sum = new double[vectors[0].length];
        for (int i = 0; i < weights.length; i++) {
            Rows.add(vectors[i], weights[i], sum);
        }
        return sum;
    }
}
