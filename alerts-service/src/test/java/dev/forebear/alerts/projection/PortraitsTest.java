package dev.forebear.alerts.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PeerFeatures;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortraitsTest {

    private final Projection projection = new Projection();

    @Test
    void drawsAFingerprintInOneByteForACosine() {
        projection.apply(analysed("hub/basalt@1", (short) 32_767, (short) -16_384, (short) 0));

        Portrait portrait = projection.portrait("hub/basalt@1");
        assertThat(portrait.anchorCosines()).containsExactly(127, -64, 0);
        assertThat(portrait.layerEnergies()).containsExactly(0.5f, 1f);
    }

    @Test
    void drawsNothingOfAModelThatWasNotAnalysedOrIsErased() {
        projection.apply(analysed("hub/basalt@1"));
        projection.apply(model("hub/basalt@1")
                .setNotAnalysed(new NotAnalysed("missing", "no weights"))
                .build());
        projection.apply(analysed("hub/gneiss@1"));
        projection.forgetFingerprint("hub/gneiss@1");

        assertThat(projection.portrait("hub/basalt@1")).isNull();
        assertThat(projection.portrait("hub/gneiss@1")).isNull();
        assertThat(projection.portrait("hub/unknown@1")).isNull();
    }

    @Test
    void givesUpThoseThatNobodyLookedAtForLongest() {
        var portraits = new Portraits();
        for (int i = 0; i < Portraits.MOST; i++) {
            portraits.put("model-" + i, new Portrait(new byte[0], List.of()));
        }
        assertThat(portraits.get("model-0")).isNotNull();

        portraits.put("one-more", new Portrait(new byte[0], List.of()));

        assertThat(portraits.get("model-0")).isNotNull();
        assertThat(portraits.get("model-1")).isNull();
    }

    private static ModelFingerprint analysed(String id, short... cosines) {
        ByteBuffer anchors = ByteBuffer.allocate(2 * cosines.length);
        for (short cosine : cosines) {
            anchors.putShort(cosine);
        }
        var architecture = new ArchitectureFeature("a", "f", "MHA", "rmsnorm", "rope", false, false, 10_000.0, 1, 2);
        var peer = new PeerFeatures(
                architecture, null, anchors.flip(), List.of(), List.of(0.5f, 1f), "direct", 0, empty(), List.of());
        var shape = new ModelShape("llama", 64, 2, 128, 4, 2, 16, 1024, 1, true, true, "BF16");
        var evidence = new EvidenceFeatures(null, null, null, List.of());
        return model(id)
                .setFingerprint(new Fingerprint(1, ByteBuffer.wrap(new byte[32]), 215_000L, shape, peer, evidence))
                .build();
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }

    private static ModelFingerprint.Builder model(String id) {
        return ModelFingerprint.newBuilder()
                .setModelVersionId(id)
                .setRegistry("hub")
                .setName("basalt")
                .setVersion("1")
                .setLocation("s3://models/basalt/")
                .setUploadEventId("e1")
                .setDeclaredBases(List.of())
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(Instant.EPOCH)
                .setFingerprintedAt(Instant.EPOCH)
                .setBytesRead(1)
                .setRequests(1)
                .setElapsedMillis(1)
                .setCorrelationId("c1");
    }
}
