package dev.forebear.cli.reference.peer;

import dev.forebear.cli.reference.ForeignModel;
import dev.forebear.cli.reference.Models;
import dev.forebear.cli.reference.Outline;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.signals.peer.PeerProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A database of the peer: a catalogue in shards by family, base features as JSON, and the values of the signals as
 * parquet files. Its models are foreign: what Forebear proves from weights cannot be compared with them.
 */
public final class PeerDatabase implements Models {

    private static final String MANIFEST = "catalog/manifest.json";
    private static final String STRATEGY = "by_family";

    private final Path root;
    private final List<Asset> assets;

    private PeerDatabase(Path root, List<Asset> assets) {
        this.root = root;
        this.assets = List.copyOf(assets);
    }

    /** Whether a folder looks like one. */
    public static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /**
     * Reads the whole catalogue.
     *
     * @throws IOException with file, field, what was expected and found
     */
    public static PeerDatabase open(Path folder) throws IOException {
        Path root = folder.toRealPath();
        JsonPart manifest = JsonPart.read(MANIFEST, root.resolve(MANIFEST));
        if (!manifest.text("shard_strategy").equals(STRATEGY)) {
            throw manifest.wrong("shard_strategy", "'" + STRATEGY + "', the only layout that is known");
        }
        List<Asset> assets = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonPart shard : manifest.parts("shards")) {
            for (Asset asset : assets(root, shard)) {
                if (!ids.add(asset.id())) {
                    throw new IOException(shard.text("shard_path") + ": asset_id: expected each once, found '"
                            + asset.id() + "' twice");
                }
                assets.add(asset);
            }
        }
        return new PeerDatabase(root, assets);
    }

    private static List<Asset> assets(Path root, JsonPart shard) throws IOException {
        String name = shard.text("shard_path");
        JsonPart content = JsonPart.read(name, inside(root, name));
        JsonPart family = content.part("family");
        if (!family.text("family_id").equals(shard.text("family_id"))) {
            throw family.wrong("family_id", "'" + shard.text("family_id") + "', as the manifest says");
        }
        List<Asset> assets = new ArrayList<>();
        for (JsonPart asset : content.parts("assets")) {
            assets.add(Asset.of(family, asset));
        }
        int expected = shard.count("asset_count");
        if (assets.size() != expected) {
            throw new IOException(
                    name + ": assets: expected " + expected + ", as the manifest says, found " + assets.size());
        }
        return assets;
    }

    /** Number of models in its catalogue. */
    public int size() {
        return assets.size();
    }

    /** From the catalogue alone: the values are read when the models are taken over. */
    @Override
    public void outlines(Taker<Outline> taker) throws IOException {
        for (Asset asset : assets) {
            taker.take(ForeignRecords.outline(asset));
        }
    }

    @Override
    public void forEach(Taker<ReferenceModel> taker) throws IOException {
        for (Asset asset : assets) {
            taker.take(model(asset));
        }
    }

    private ReferenceModel model(Asset asset) throws IOException {
        String features = asset.featurePath();
        JsonPart json = JsonPart.read(features, inside(root, features));
        FeatureBundle bundle = FeatureBundle.of(asset, json);
        try {
            PeerProfile profile = Profiles.of(features, bundle, deepSignals(bundle));
            ReferenceModel model = ForeignRecords.model(asset, bundle, profile);
            ForeignModel.of(model);
            return model;
        } catch (IllegalArgumentException wrong) {
            throw new IOException(features + ": " + wrong.getMessage(), wrong);
        }
    }

    private DeepSignals deepSignals(FeatureBundle bundle) throws IOException {
        FeatureBundle.DeepSignalsReference reference = bundle.deepSignals();
        return reference == null
                ? DeepSignals.NONE
                : DeepSignals.read(reference.path(), ParquetFile.checked(reference, inside(root, reference.path())));
    }

    /** Paths come from the database: none may lead out of it. */
    private static Path inside(Path root, String name) throws IOException {
        try {
            Path path = root.resolve(name).normalize();
            if (path.startsWith(root)
                    && (!Files.exists(path) || path.toRealPath().startsWith(root))) {
                return path;
            }
        } catch (InvalidPathException noPath) {
            throw new IOException(name + ": expected a path, found none", noPath);
        }
        throw new IOException(name + ": expected a path inside the database, found one that leads out of it");
    }
}
