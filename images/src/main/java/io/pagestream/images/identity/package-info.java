/**
 * The contents of an image's files: their SHA-256, unreadable bytes, changes, and the image's id,
 * which is derived from them. {@code docs/decisions/0009-image-identity.md} explains the reasons.
 */
@NullMarked
package io.pagestream.images.identity;

import org.jspecify.annotations.NullMarked;
