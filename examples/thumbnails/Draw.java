import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Draws a picture: Draw FILE. */
class Draw {
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        var image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 400; x++) {
            for (int y = 0; y < 300; y++) {
                image.setRGB(x, y, new Color(x * 255 / 400, y * 255 / 300, (x ^ y) & 255).getRGB());
            }
        }
        ImageIO.write(image, "png", new File(args[0]));
    }
}
