/**
 * Files copied from memory images to a folder, after an analysis. Names of files are derived only
 * from the ids of findings; nothing from an image becomes part of a path.
 */
@NullMarked
package io.pagestream.carve;

import org.jspecify.annotations.NullMarked;
