/** HPAK images of FDPro. */
@NullMarked
package io.pagestream.images.format.hpak;

import org.jspecify.annotations.NullMarked;
