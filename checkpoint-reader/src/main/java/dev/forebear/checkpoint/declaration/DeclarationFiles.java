package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.List;

/** All kinds of files that declare ancestry, in the order in which they are asked. */
public final class DeclarationFiles {

    private static final List<DeclarationFile> KINDS = List.of(
            new ModelCardFile(),
            new AdapterConfigFile(),
            new MergekitFile(),
            new ModelfileFile(),
            new MlModelFile(),
            new KitfileFile(),
            new CycloneDxFile(),
            new SpdxFile(),
            new AttestationFile(),
            new ConfigFile());

    /** More files of one kind than any model has. */
    private static final int FILES_LIMIT = 16;

    private DeclarationFiles() {}

    /** @throws IOException if the storage could not be reached; what the files hold never makes this fail */
    public static void read(Storage storage, Declared declared) throws IOException {
        declared.orFinding(() -> read(storage, storage.list(), declared));
        declared.orFinding(() -> OciAnnotations.read(storage, declared));
    }

    private static void read(Storage storage, List<StoredFile> files, Declared declared) throws IOException {
        for (DeclarationFile kind : KINDS) {
            List<String> names = files.stream()
                    .map(StoredFile::name)
                    .filter(name -> name.indexOf('/') < 0 && kind.isNamed(name))
                    .limit(FILES_LIMIT)
                    .toList();
            for (String name : names) {
                declared.orFinding(() -> kind.read(storage.open(name), declared));
            }
        }
    }
}
