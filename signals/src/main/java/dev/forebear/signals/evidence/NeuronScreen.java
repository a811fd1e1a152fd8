package dev.forebear.signals.evidence;

/**
 * The standardised trace of {@link NeuronComparison#sameLayers} without building similarity matrices: the variance of
 * one layer is Σ over pairs of scalars of (aₖ·aₗ)(bₖ·bₗ) / (neurons − 1), because ranks are centred.
 */
final class NeuronScreen {

    private static final int PRODUCTS = 3;

    private NeuronScreen() {}

    /** Products of the scalars of every layer with themselves and each other, three a layer. */
    static int[] products(NeuronScalars scalars) {
        int[] products = new int[PRODUCTS * scalars.layers()];
        for (int layer = 0; layer < scalars.layers(); layer++) {
            int from = layer * scalars.neurons();
            int to = from + scalars.neurons();
            products[PRODUCTS * layer] = dot(scalars.firstScalar(), scalars.firstScalar(), from, to);
            products[PRODUCTS * layer + 1] = dot(scalars.firstScalar(), scalars.secondScalar(), from, to);
            products[PRODUCTS * layer + 2] = dot(scalars.secondScalar(), scalars.secondScalar(), from, to);
        }
        return products;
    }

    static double z(NeuronScalars a, int[] productsOfA, NeuronScalars b, int[] productsOfB) {
        int layers = Math.min(a.layers(), b.layers());
        int values = layers * a.neurons();
        double excess = dot(a.firstScalar(), b.firstScalar(), 0, values)
                + (double) dot(a.secondScalar(), b.secondScalar(), 0, values);
        double variance = 0;
        for (int at = 0; at < PRODUCTS * layers; at += PRODUCTS) {
            variance += (double) productsOfA[at] * productsOfB[at]
                    + 2.0 * productsOfA[at + 1] * productsOfB[at + 1]
                    + (double) productsOfA[at + 2] * productsOfB[at + 2];
        }
        return variance > 0 ? excess / Math.sqrt(variance / (a.neurons() - 1)) : 0;
    }

    private static int dot(byte[] a, byte[] b, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
