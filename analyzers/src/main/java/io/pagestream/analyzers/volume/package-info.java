/**
 * The keys and headers of encrypted volumes: {@link
 * io.pagestream.analyzers.volume.VolumeKeysAnalyzer} finds BitLocker's recovery keys and LUKS
 * headers.
 */
@NullMarked
package io.pagestream.analyzers.volume;

import org.jspecify.annotations.NullMarked;
