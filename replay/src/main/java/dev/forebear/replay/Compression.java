package dev.forebear.replay;

import net.jpountz.lz4.LZ4CompressorWithLength;
import net.jpountz.lz4.LZ4DecompressorWithLength;
import net.jpountz.lz4.LZ4Factory;

/**
 * LZ4 for reports in temporary files: they repeat themselves, and what is a fraction of their size stays in the page
 * cache. Any number of threads may use it.
 */
final class Compression {

    private static final LZ4CompressorWithLength COMPRESSOR =
            new LZ4CompressorWithLength(LZ4Factory.fastestInstance().fastCompressor());
    private static final LZ4DecompressorWithLength DECOMPRESSOR =
            new LZ4DecompressorWithLength(LZ4Factory.fastestInstance().safeDecompressor());

    private Compression() {}

    static byte[] compress(byte[] bytes) {
        return COMPRESSOR.compress(bytes);
    }

    static byte[] decompress(byte[] compressed) {
        return DECOMPRESSOR.decompress(compressed);
    }
}
