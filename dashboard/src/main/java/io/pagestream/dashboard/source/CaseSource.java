package io.pagestream.dashboard.source;

import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.live.CaseProgress;
import io.pagestream.dashboard.notes.NoteFile;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The case that the dashboard shows.
 *
 * @param title display name of the case
 * @param store findings, images, ranges, verdicts
 * @param notes notes of users
 * @param images source of the bytes of pages
 * @param seal the seal of a finished case with the result of its check; empty for a live one, which
 *     has none yet
 * @param progress progress of a live case; empty for a finished one
 */
public record CaseSource(
    String title,
    FindingStore store,
    NoteFile notes,
    ImageLibrary images,
    Optional<CheckedCase> seal,
    Optional<Supplier<CaseProgress>> progress) {}
