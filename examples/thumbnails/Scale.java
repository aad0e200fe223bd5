import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Makes an image smaller: Scale FROM WIDTH TO. */
class Scale {
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        var image = ImageIO.read(new File(args[0]));
        int width = Integer.parseInt(args[1]);
        int height = Math.max(1, image.getHeight() * width / image.getWidth());
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                small.setRGB(x, y, image.getRGB(x * image.getWidth() / width, y * image.getHeight() / height));
            }
        }
        ImageIO.write(small, "png", new File(args[2]));
        System.out.println(width + "x" + height);
    }
}
