/**
 * The LZ77 decoders of Windows (MS-XCA): for hibernation files and crash dumps, and for compressed
 * data in memory. Modules that do not depend on each other share them.
 */
@NullMarked
package io.pagestream.schemas.lz;

import org.jspecify.annotations.NullMarked;
