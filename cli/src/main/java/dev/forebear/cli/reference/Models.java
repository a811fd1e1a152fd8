package dev.forebear.cli.reference;

import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.util.List;

/** Reference models that may be gone through more than once, always in the same order, and need not fit in memory. */
public interface Models {

    /** Takes a model. */
    @FunctionalInterface
    interface Taker<T> {
        void take(T taken) throws IOException;
    }

    /**
     * What there is to know of each before it is taken over.
     *
     * @throws IOException when one of them is not what it should be
     */
    void outlines(Taker<Outline> taker) throws IOException;

    /** @throws IOException when one of them is not what it should be */
    void forEach(Taker<ReferenceModel> taker) throws IOException;

    /** Models in memory. */
    static Models of(List<ReferenceModel> models) {
        return new Models() {
            @Override
            public void outlines(Taker<Outline> taker) throws IOException {
                for (ReferenceModel model : models) {
                    taker.take(Outline.of(model));
                }
            }

            @Override
            public void forEach(Taker<ReferenceModel> taker) throws IOException {
                for (ReferenceModel model : models) {
                    taker.take(model);
                }
            }
        };
    }
}
