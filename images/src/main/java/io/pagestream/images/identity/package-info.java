/**
 * What an image's files hold: their SHA-256, which bytes could not be read, whether they have
 * changed, and the image's id, which follows from all of it. {@code
 * docs/decisions/0009-image-identity.md} says why.
 */
@NullMarked
package io.pagestream.images.identity;

import org.jspecify.annotations.NullMarked;
