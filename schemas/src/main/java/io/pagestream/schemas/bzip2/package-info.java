/**
 * The blocks of bzip2 (the documented format of bzip2 1.0): for compressed images, and for
 * compressed data in memory. Modules that do not depend on each other share them; each reads the
 * streams around the blocks in its own way, because they treat damage differently.
 */
@NullMarked
package io.pagestream.schemas.bzip2;

import org.jspecify.annotations.NullMarked;
