-- Products: each kind of thing comes in several lines of a department.  All
-- choices hang on a hash of kind and line, so that every load is the same.

create temp table demo_item (
    n int generated always as identity,
    category text, image text, noun text, cents int, grams int, choice text,
    about text
) on commit drop;

insert into demo_item (category, image, noun, cents, grams, choice, about)
values
    ('sports-shoes', 'running-shoe', 'Running Shoe', 8900, 620, 'shoe', 'Light, springy and grippy in the rain.'),
    ('sports-shoes', 'hiking-boot', 'Hiking Boot', 13900, 1350, 'shoe', 'Keeps the ankle steady and the water out.'),
    ('sports-shoes', 'roller-skate', 'Roller Skates', 9900, 2400, 'shoe', 'Four quiet wheels a foot and a stopper that stops.'),
    ('sports-shoes', 'ballet-shoes', 'Ballet Shoes', 4500, 240, 'shoe', 'A split sole that follows the foot.'),
    ('smart-shoes', 'mans-shoe', 'Oxford Shoe', 14900, 1100, 'shoe', 'Welted, so that it can be soled again and again.'),
    ('smart-shoes', 'high-heel', 'Court Shoe', 9900, 560, 'shoe', 'A heel one can also walk home in.'),
    ('smart-shoes', 'flat-shoe', 'Ballerina', 6900, 420, 'shoe', 'Soft at the heel from the first day.'),
    ('shoes', 'sandal', 'Sandal', 5900, 480, 'shoe', 'A footbed of cork and two honest buckles.'),
    ('shoes', 'boot', 'Ankle Boot', 12900, 980, 'shoe', 'Warm, with a zip on the inner side.'),
    ('clothes', 't-shirt', 'T-Shirt', 2490, 180, 'cloth', 'Heavy jersey that keeps its shape in the wash.'),
    ('clothes', 'jeans', 'Jeans', 7900, 640, 'cloth', 'Straight leg, mid rise, deep pockets.'),
    ('clothes', 'dress', 'Summer Dress', 6900, 320, 'cloth', 'Falls well, has pockets, dries overnight.'),
    ('clothes', 'blouse', 'Blouse', 4900, 210, 'cloth', 'A narrow collar and buttons of mother-of-pearl.'),
    ('clothes', 'coat', 'Winter Coat', 18900, 1700, 'cloth', 'A lined hood and wool against the wind.'),
    ('clothes', 'shorts', 'Shorts', 3900, 260, 'cloth', 'Cut for cycling as well as for the beach.'),
    ('clothes', 'kimono', 'Kimono', 8900, 700, 'cloth', 'A dressing gown with wide sleeves.'),
    ('clothes', 'swimsuit', 'Swimsuit', 4490, 160, 'cloth', 'Of yarn made from old fishing nets.'),
    ('clothes', 'gloves', 'Knitted Gloves', 2490, 90, 'color', 'Two fingertips know the touch screen.'),
    ('clothes', 'scarf', 'Scarf', 2990, 180, 'color', 'Long enough to go round twice.'),
    ('clothes', 'socks', 'Socks, 3 Pairs', 1490, 150, 'color', 'Reinforced at heel and toe.'),
    ('clothes', 'necktie', 'Necktie', 3490, 70, 'color', 'Woven, lined, and never shiny.'),
    ('hats', 'top-hat', 'Top Hat', 8900, 320, 'none', 'For weddings, theatre and magic.'),
    ('hats', 'sun-hat', 'Sun Hat', 2990, 140, 'color', 'A wide brim that rolls up for the bag.'),
    ('hats', 'billed-cap', 'Cap', 1990, 90, 'color', 'Six panels and a strap of leather.'),
    ('hats', 'helmet', 'Safety Helmet', 3990, 450, 'color', 'Tested, ventilated, adjustable with one hand.'),
    ('accessories', 'glasses', 'Reading Glasses', 3900, 30, 'none', 'Clear lenses with a coating that is easily cleaned.'),
    ('accessories', 'sunglasses', 'Sunglasses', 5900, 32, 'color', 'Full UV protection behind polarised lenses.'),
    ('accessories', 'goggles', 'Goggles', 2900, 120, 'none', 'A soft seal that fits over glasses.'),
    ('accessories', 'watch', 'Wristwatch', 15900, 75, 'color', 'Sapphire glass and a movement that runs for years.'),
    ('accessories', 'ring', 'Ring', 19900, 6, 'none', 'Recycled gold, made to order and engraved on request.'),
    ('accessories', 'crown', 'Party Crown', 1290, 60, 'none', 'For kings and queens of one evening.'),
    ('accessories', 'lipstick', 'Lipstick', 1690, 20, 'color', 'Matt, long lasting, free of perfume.'),
    ('bags', 'backpack', 'Backpack', 7900, 900, 'color', 'Holds a laptop, a jacket and lunch apart.'),
    ('bags', 'handbag', 'Handbag', 11900, 700, 'color', 'One main room and a pocket for keys.'),
    ('bags', 'clutch', 'Clutch', 5900, 240, 'color', 'For the phone, the cards and the evening.'),
    ('bags', 'purse', 'Wallet', 3900, 110, 'color', 'Eight cards, notes, coins, and thin all the same.'),
    ('bags', 'briefcase', 'Briefcase', 16900, 1400, 'none', 'Vegetable-tanned leather that gets better with age.'),
    ('bags', 'luggage', 'Suitcase', 14900, 3200, 'color', 'Cabin size, four wheels, and a lock.'),
    ('bags', 'shopping-bags', 'Shopping Bag', 990, 120, 'color', 'Folds to the size of a fist.'),
    ('bags', 'umbrella', 'Umbrella', 2990, 420, 'color', 'Eight ribs that give in and come back.'),
    ('furniture', 'sofa', 'Sofa', 89900, 48000, 'color', 'Three seats, removable covers, slats of beech.'),
    ('furniture', 'bed', 'Bed', 69900, 52000, 'none', 'A frame without a screw that could creak.'),
    ('furniture', 'chair', 'Chair', 12900, 5400, 'color', 'Bent wood, a seat like a saddle.'),
    ('furniture', 'door', 'Wardrobe Door', 9900, 14000, 'none', 'Solid, with hinges and a handle.'),
    ('furniture', 'mirror', 'Mirror', 7900, 4200, 'none', 'Round, hung by a strap.'),
    ('lighting', 'lamp', 'Lamp', 5900, 1600, 'color', 'Dimmable, with a bulb that can be changed.'),
    ('lighting', 'candle', 'Scented Candle', 1890, 350, 'color', 'Burns for forty hours.'),
    ('lighting', 'lantern', 'Paper Lantern', 1490, 200, 'color', 'Folds flat, hangs anywhere.'),
    ('lighting', 'diya-lamp', 'Oil Lamp', 2490, 480, 'none', 'Cast brass with a cotton wick.'),
    ('lighting', 'flashlight', 'Torch', 2990, 210, 'none', 'Charges by USB-C and floats.'),
    ('decoration', 'clock', 'Wall Clock', 3990, 900, 'color', 'A movement that does not tick.'),
    ('decoration', 'alarm-clock', 'Alarm Clock', 2690, 320, 'color', 'Two bells and no network.'),
    ('decoration', 'frame', 'Picture Frame', 1990, 600, 'color', 'Real glass and a mount of acid-free card.'),
    ('decoration', 'amphora', 'Vase', 3490, 1300, 'color', 'Thrown by hand, no two alike.'),
    ('decoration', 'teddy-bear', 'Teddy Bear', 2490, 350, 'color', 'Washable, and older than it looks.'),
    ('household', 'basket', 'Basket', 2290, 700, 'none', 'Woven of willow for laundry, toys or wood.'),
    ('household', 'broom', 'Broom', 1890, 800, 'none', 'Horsehair and beech.'),
    ('household', 'bucket', 'Bucket', 1490, 900, 'color', 'Galvanised, ten litres.'),
    ('household', 'sponge', 'Sponges, 4 Pieces', 590, 60, 'none', 'Of cellulose, for the compost in the end.'),
    ('household', 'key', 'Key Hook', 990, 120, 'none', 'So that keys are where they were.'),
    ('bath', 'soap', 'Soap', 790, 110, 'color', 'Olive oil, sea salt, and nothing to hide.'),
    ('bath', 'toothbrush', 'Toothbrush', 490, 25, 'color', 'Bamboo with soft bristles.'),
    ('bath', 'lotion', 'Body Lotion', 1490, 280, 'none', 'Almond and oat for dry days.'),
    ('bath', 'towel', 'Bath Towel', 2490, 620, 'color', 'Thick, thirsty, of organic cotton.'),
    ('bath', 'razor', 'Safety Razor', 3290, 130, 'none', 'Brass and steel; the blades cost cents.'),
    ('tea-coffee', 'teapot', 'Teapot', 3990, 950, 'color', 'Pours without a drop on the cloth.'),
    ('tea-coffee', 'hot-beverage', 'Coffee Mug', 1290, 340, 'color', 'Holds 300 ml and a good grip.'),
    ('tea-coffee', 'teacup', 'Tea Bowl', 1190, 220, 'color', 'Thin at the lip, warm in the hand.'),
    ('tableware', 'wine-glass', 'Wine Glasses, Pair', 2490, 420, 'none', 'Thin, clear, and safe in the machine.'),
    ('tableware', 'cocktail', 'Cocktail Glasses, Pair', 2290, 460, 'none', 'For one before dinner.'),
    ('tableware', 'beer', 'Beer Glass', 990, 620, 'none', 'Half a litre, and heavy in the good way.'),
    ('tableware', 'plate', 'Dinner Plate', 1690, 780, 'color', 'Stoneware with a quiet glaze.'),
    ('tableware', 'bowl', 'Bowl', 1390, 540, 'color', 'For soup, cereal and salad.'),
    ('tableware', 'cutlery', 'Cutlery Set', 5990, 1400, 'none', 'Twenty-four pieces of 18/10 steel.'),
    ('tableware', 'spoon', 'Serving Spoon', 890, 90, 'none', 'Olive wood, oiled by hand.'),
    ('tableware', 'chopsticks', 'Chopsticks', 1190, 60, 'none', 'Four pairs, lacquered.'),
    ('tableware', 'bento', 'Lunch Box', 2490, 520, 'color', 'Two levels that keep sauce where it belongs.'),
    ('cookware', 'cooking-pan', 'Frying Pan', 4990, 1500, 'none', 'Cast iron, ready to use, better every year.'),
    ('cookware', 'pot', 'Stockpot', 6990, 2600, 'none', 'Five litres with a lid that fits.'),
    ('cookware', 'knife', 'Chef''s Knife', 7990, 240, 'none', 'Forged, balanced, sharp.'),
    ('cookware', 'jar', 'Storage Jar', 1290, 480, 'none', 'Airtight, with a rubber ring that can be replaced.'),
    ('fruit', 'apple', 'Apples, 2 kg', 590, 2000, 'none', 'Crisp, a little sour, good for cake.'),
    ('fruit', 'green-apple', 'Green Apples, 2 kg', 590, 2000, 'none', 'Sour enough to wake up.'),
    ('fruit', 'pear', 'Pears, 1 kg', 450, 1000, 'none', 'Best three days after they come.'),
    ('fruit', 'orange', 'Oranges, 3 kg', 790, 3000, 'none', 'Unwaxed, for juice and marmalade.'),
    ('fruit', 'lemon', 'Lemons, 1 kg', 390, 1000, 'none', 'The peel can be eaten, too.'),
    ('fruit', 'banana', 'Bananas, 1 kg', 290, 1000, 'none', 'Ripened slowly.'),
    ('fruit', 'watermelon', 'Watermelon', 690, 4500, 'none', 'It sounds right when one knocks.'),
    ('fruit', 'grapes', 'Grapes, 500 g', 390, 500, 'none', 'Seedless and cool.'),
    ('fruit', 'strawberry', 'Strawberries, 500 g', 490, 500, 'none', 'Picked the morning they are sent.'),
    ('fruit', 'blueberries', 'Blueberries, 300 g', 450, 300, 'none', 'From bushes in the shade.'),
    ('fruit', 'cherries', 'Cherries, 500 g', 590, 500, 'none', 'Dark, sweet, with stones to spit.'),
    ('fruit', 'peach', 'Peaches, 1 kg', 490, 1000, 'none', 'Eat them over the sink.'),
    ('fruit', 'mango', 'Mango', 290, 450, 'none', 'Sent by sea, ripe on arrival.'),
    ('fruit', 'pineapple', 'Pineapple', 390, 1400, 'none', 'Smell the bottom: that is summer.'),
    ('fruit', 'coconut', 'Coconut', 290, 700, 'none', 'With a line to crack it along.'),
    ('fruit', 'kiwi', 'Kiwis, 6 Pieces', 290, 600, 'none', 'Green, with a spoon in the box.'),
    ('vegetables', 'tomato', 'Tomatoes, 1 kg', 390, 1000, 'none', 'They taste of tomato.'),
    ('vegetables', 'avocado', 'Avocado', 190, 250, 'none', 'Ready on the day you choose.'),
    ('vegetables', 'carrot', 'Carrots, 1 kg', 220, 1000, 'none', 'With their green.'),
    ('vegetables', 'corn', 'Sweetcorn, 4 Cobs', 320, 1200, 'none', 'For the grill.'),
    ('vegetables', 'pepper', 'Peppers, 500 g', 290, 500, 'none', 'Red, yellow, crunchy.'),
    ('vegetables', 'broccoli', 'Broccoli', 240, 500, 'none', 'Tight heads, thick stems.'),
    ('vegetables', 'garlic', 'Garlic Braid', 590, 700, 'none', 'Hangs in the kitchen until it is gone.'),
    ('vegetables', 'potato', 'Potatoes, 5 kg', 590, 5000, 'none', 'Waxy, for salad and pan.'),
    ('vegetables', 'mushroom', 'Mushrooms, 400 g', 290, 400, 'none', 'Brown, firm, grown on straw.'),
    ('vegetables', 'olive', 'Olives, 500 g', 490, 500, 'none', 'In brine with a little lemon.'),
    ('bakery', 'bread', 'Country Bread', 490, 1000, 'none', 'Sourdough, a dark crust, three days of good.'),
    ('bakery', 'croissant', 'Croissants, 4 Pieces', 590, 280, 'none', 'Butter, and a lot of air.'),
    ('bakery', 'baguette', 'Baguette', 240, 300, 'none', 'The end is missing when you are home.'),
    ('bakery', 'pretzel', 'Pretzels, 4 Pieces', 450, 360, 'none', 'Dipped in lye, with coarse salt.'),
    ('bakery', 'bagel', 'Bagels, 4 Pieces', 450, 400, 'none', 'Boiled, then baked.'),
    ('sweets', 'chocolate', 'Chocolate Bar', 390, 100, 'none', 'From bean to bar, 70 %.'),
    ('sweets', 'candy', 'Candy Mix', 290, 200, 'none', 'Fruit colours and no gelatine.'),
    ('sweets', 'lollipop', 'Lollipops, 10 Pieces', 350, 150, 'none', 'They last one walk each.'),
    ('sweets', 'doughnut', 'Doughnuts, 6 Pieces', 790, 420, 'none', 'Glazed, two with sprinkles.'),
    ('sweets', 'cookie', 'Cookies, 12 Pieces', 690, 480, 'none', 'Soft in the middle.'),
    ('sweets', 'birthday-cake', 'Birthday Cake', 3290, 1800, 'none', 'Twelve pieces, candles included.'),
    ('sweets', 'cupcake', 'Cupcakes, 6 Pieces', 1290, 600, 'none', 'Vanilla below, lemon above.'),
    ('sweets', 'pie', 'Apple Pie', 1690, 1100, 'none', 'Lattice on top, cinnamon inside.'),
    ('pantry', 'cheese', 'Mountain Cheese, 400 g', 890, 400, 'none', 'Nine months in the cellar.'),
    ('pantry', 'butter', 'Butter, 250 g', 340, 250, 'none', 'Cultured and lightly salted.'),
    ('pantry', 'honey', 'Honey, 500 g', 790, 650, 'none', 'Lime blossom from one meadow.'),
    ('pantry', 'salt', 'Sea Salt, 500 g', 390, 500, 'none', 'Flakes that crumble between fingers.'),
    ('pantry', 'egg', 'Eggs, 10 Pieces', 390, 650, 'none', 'From hens that see the sun.'),
    ('strings', 'guitar', 'Acoustic Guitar', 29900, 2100, 'color', 'A spruce top with a voice that opens.'),
    ('strings', 'violin', 'Violin', 39900, 480, 'none', 'Set up by a luthier, with bow and case.'),
    ('strings', 'banjo', 'Banjo', 24900, 2600, 'none', 'Five strings, bright and quick.'),
    ('wind-percussion', 'trumpet', 'Trumpet', 34900, 1100, 'none', 'Three pistons without a sound of their own.'),
    ('wind-percussion', 'saxophone', 'Saxophone', 64900, 2500, 'none', 'An alto that forgives beginners.'),
    ('wind-percussion', 'drum', 'Snare Drum', 17900, 3400, 'color', 'Maple shell, crisp answer.'),
    ('wind-percussion', 'long-drum', 'Conga', 19900, 8200, 'none', 'Warm in the low, dry in the slap.'),
    ('wind-percussion', 'accordion', 'Accordion', 79900, 7600, 'none', 'Forty-eight basses and leather straps.'),
    ('strings', 'piano', 'Stage Piano', 89900, 12500, 'none', 'Eighty-eight weighted keys.'),
    ('audio', 'headphone', 'Headphones', 14900, 260, 'color', 'Closed, light, and thirty hours of battery.'),
    ('audio', 'microphone', 'Stage Microphone', 9900, 320, 'none', 'Takes shouting and falling.'),
    ('audio', 'studio-microphone', 'Studio Microphone', 22900, 540, 'none', 'A large capsule with very little noise.'),
    ('audio', 'radio', 'Radio', 7900, 900, 'color', 'FM, DAB+, and a knob for the volume.'),
    ('computers', 'laptop', 'Laptop', 129900, 1300, 'storage', 'A bright screen, quiet fans, a battery for the day.'),
    ('computers', 'desktop-computer', 'Desktop Computer', 99900, 6400, 'storage', 'Opens without tools.'),
    ('computers', 'keyboard', 'Keyboard', 8900, 820, 'color', 'Low keys with a clear click.'),
    ('computers', 'mouse', 'Mouse', 4900, 95, 'color', 'Fits the left hand as well as the right.'),
    ('computers', 'printer', 'Printer', 18900, 7800, 'none', 'Refills from bottles.'),
    ('electronics', 'phone', 'Smartphone', 59900, 175, 'storage', 'Seven years of updates, a battery one can change.'),
    ('electronics', 'telephone', 'Desk Telephone', 5900, 700, 'color', 'A real receiver to hang up.'),
    ('electronics', 'television', 'Television', 64900, 14500, 'none', 'Fifty-five inches and four inputs.'),
    ('electronics', 'battery', 'Power Bank', 3900, 320, 'none', 'Charges a phone four times.'),
    ('electronics', 'plug', 'Smart Plug', 1990, 110, 'none', 'Switches and counts without a cloud.'),
    ('photo-video', 'camera', 'Camera', 69900, 480, 'color', 'A fixed lens and a viewfinder.'),
    ('photo-video', 'video-camera', 'Video Camera', 54900, 420, 'none', 'Steady pictures from an unsteady hand.'),
    ('photo-video', 'film-camera', 'Film Camera', 44900, 2100, 'none', 'Super 8, serviced and tested.'),
    ('gaming', 'game-controller', 'Game Controller', 5990, 280, 'color', 'Sticks that do not drift.'),
    ('gaming', 'joystick', 'Arcade Stick', 8990, 1600, 'none', 'Heavy enough to stay on the table.'),
    ('optics', 'telescope', 'Telescope', 24900, 5600, 'none', 'Saturn has rings, see for yourself.'),
    ('optics', 'microscope', 'Microscope', 19900, 3400, 'none', 'Four lenses and a light from below.'),
    ('optics', 'magnifier', 'Magnifier', 1990, 140, 'none', 'Real glass, three times.'),
    ('ball-sports', 'football', 'Football', 2990, 430, 'color', 'Stitched by hand, fair by contract.'),
    ('ball-sports', 'basketball', 'Basketball', 3490, 620, 'none', 'Grips indoors and out.'),
    ('ball-sports', 'baseball', 'Baseball', 1490, 145, 'none', 'Cowhide and red thread.'),
    ('ball-sports', 'tennis', 'Tennis Racket', 11900, 300, 'none', 'Forgiving, strung at 24 kilos.'),
    ('ball-sports', 'volleyball', 'Volleyball', 2990, 270, 'none', 'Soft for the arms.'),
    ('ball-sports', 'rugby', 'Rugby Ball', 2790, 430, 'none', 'Dimples for rainy days.'),
    ('ball-sports', 'ping-pong', 'Table Tennis Bat', 2490, 190, 'none', 'Spin on one side, speed on the other.'),
    ('ball-sports', 'badminton', 'Badminton Set', 3990, 780, 'none', 'Two rackets, six shuttles, a net.'),
    ('ball-sports', 'boxing-glove', 'Boxing Gloves', 4990, 640, 'color', 'Dense foam, wide wrist.'),
    ('winter-sports', 'sled', 'Sled', 5990, 4200, 'none', 'Ash wood and steel runners.'),
    ('winter-sports', 'skis', 'Skis', 34900, 5200, 'ski', 'Turn easily, hold on ice.'),
    ('winter-sports', 'ice-skate', 'Ice Skates', 8900, 1900, 'shoe', 'Lined, with a blade that can be sharpened.'),
    ('winter-sports', 'ice-hockey', 'Hockey Stick', 6900, 520, 'none', 'Carbon with a mid curve.'),
    ('cycling-skating', 'bicycle', 'Bicycle', 64900, 13500, 'frame', 'Steel frame, eight gears, no secrets.'),
    ('cycling-skating', 'scooter', 'Kick Scooter', 12900, 5200, 'color', 'Folds in two seconds.'),
    ('cycling-skating', 'skateboard', 'Skateboard', 7900, 2600, 'none', 'Seven layers of maple.'),
    ('camping-water', 'tent', 'Tent', 24900, 3100, 'color', 'Two people, two doors, four minutes.'),
    ('camping-water', 'compass', 'Compass', 2990, 90, 'none', 'Works when the battery does not.'),
    ('camping-water', 'canoe', 'Canoe', 89900, 27000, 'color', 'Sixteen feet and very patient.'),
    ('camping-water', 'fishing-pole', 'Fishing Rod', 7900, 420, 'none', 'Five parts that fit in a backpack.'),
    ('camping-water', 'diving-mask', 'Diving Mask', 3990, 260, 'color', 'Silicone and tempered glass.'),
    ('camping-water', 'kite', 'Kite', 2490, 210, 'color', 'Flies from a light breeze on.'),
    ('tools', 'hammer', 'Hammer', 2290, 720, 'none', 'A head that stays on.'),
    ('tools', 'wrench', 'Wrench', 1990, 380, 'none', 'Chrome vanadium, both ends useful.'),
    ('tools', 'screwdriver', 'Screwdriver Set', 2990, 640, 'none', 'Eight tips, magnetised.'),
    ('tools', 'saw', 'Hand Saw', 2690, 520, 'none', 'Cuts on the pull, straight.'),
    ('tools', 'axe', 'Axe', 5990, 1400, 'none', 'Forged, with a handle of hickory.'),
    ('tools', 'toolbox', 'Toolbox', 4990, 2800, 'color', 'Sheet steel, three levels.'),
    ('tools', 'ladder', 'Ladder', 8990, 7200, 'none', 'Five steps, no wobble.'),
    ('tools', 'magnet', 'Magnet Set', 1290, 180, 'none', 'Stronger than they look.'),
    ('sewing-painting', 'scissors', 'Scissors', 2490, 140, 'none', 'Ground by hand for cloth.'),
    ('sewing-painting', 'thread', 'Thread, 10 Spools', 1490, 160, 'none', 'The colours one always needs.'),
    ('sewing-painting', 'yarn', 'Yarn, 100 g', 890, 110, 'color', 'Merino from one flock.'),
    ('sewing-painting', 'palette', 'Watercolours', 3490, 420, 'none', 'Twenty-four half pans in a tin.'),
    ('sewing-painting', 'paintbrush', 'Brushes, 6 Pieces', 1990, 90, 'none', 'Three round, three flat.'),
    ('stationery', 'fountain-pen', 'Fountain Pen', 4990, 28, 'color', 'A steel nib that forgives.'),
    ('stationery', 'pencil', 'Pencils, 12 Pieces', 1290, 90, 'none', 'From 6B to 4H.'),
    ('stationery', 'crayon', 'Crayons, 24 Pieces', 990, 240, 'none', 'Beeswax, bright and unbreakable.'),
    ('stationery', 'notebook', 'Notebook', 1490, 320, 'color', 'Dotted paper that lies flat.'),
    ('stationery', 'ledger', 'Guest Book', 2490, 620, 'none', 'Thread-bound, with a ribbon.'),
    ('stationery', 'calendar', 'Wall Calendar', 1690, 260, 'none', 'Thirteen prints to keep.'),
    ('games', 'puzzle', 'Puzzle, 1000 Pieces', 1890, 700, 'none', 'The sky is not all one blue.'),
    ('games', 'chess-pawn', 'Chess Set', 4990, 1800, 'none', 'Weighted pieces, a board that folds.'),
    ('games', 'dice', 'Dice Set', 990, 80, 'color', 'Seven dice and a bag.'),
    ('games', 'joker', 'Playing Cards', 690, 100, 'none', 'Linen finish, two jokers.'),
    ('games', 'abacus', 'Abacus', 2290, 540, 'none', 'A hundred beads against screens.'),
    ('games', 'balloon', 'Balloons, 20 Pieces', 590, 60, 'color', 'Natural rubber, with ribbon.'),
    ('flowers', 'bouquet', 'Bouquet', 3490, 900, 'none', 'What the garden gives this week.'),
    ('flowers', 'tulip', 'Tulips, 20 Stems', 1990, 700, 'color', 'They go on growing in the vase.'),
    ('flowers', 'rose', 'Roses, 12 Stems', 2990, 800, 'color', 'Long stems, real scent.'),
    ('flowers', 'sunflower', 'Sunflowers, 5 Stems', 1690, 900, 'none', 'They turn to the window.'),
    ('plants', 'cactus', 'Cactus', 1290, 600, 'none', 'Forgives holidays.'),
    ('plants', 'plant', 'Potted Plant', 2490, 2200, 'none', 'Likes shade and a weekly glass of water.'),
    ('plants', 'palm-tree', 'Indoor Palm', 4990, 6500, 'none', 'Brings the south to the hall.'),
    ('plants', 'herb', 'Herb Pot', 390, 400, 'none', 'Basil, mint or thyme for the sill.'),
    ('plants', 'lotus', 'Water Lily', 2990, 1800, 'none', 'For ponds and large bowls.');

create temp table demo_line (
    store_id bigint, departments text[], n int, name text, factor numeric,
    pitch text
) on commit drop;

insert into demo_line values
    (1, '{fashion}', 1, 'Fjord', 1.00, 'Drawn in the north for weather that changes its mind.'),
    (1, '{fashion}', 2, 'Alder', 0.85, 'Our everyday line: plain, sturdy, fairly priced.'),
    (1, '{fashion}', 3, 'Marlow', 1.35, 'Small series from a family workshop.'),
    (1, '{fashion}', 4, 'Isola', 1.15, 'Made by the sea, where the light is good.'),
    (1, '{fashion}', 5, 'Rowan', 0.95, 'Repaired free of charge for five years.'),
    (1, '{home,kitchen}', 1, 'Solvang', 1.00, 'Quiet shapes that are at home anywhere.'),
    (1, '{home,kitchen}', 2, 'Birk', 0.80, 'Simple on purpose.'),
    (1, '{home,kitchen}', 3, 'Kiln', 1.30, 'Made by hand, signed below.'),
    (1, '{home,kitchen}', 4, 'Linden', 1.10, 'From a village that has done nothing else for a century.'),
    (1, '{home,kitchen}', 5, 'Ember', 1.50, 'For those who look after their things.'),
    (1, '{food,garden}', 1, 'Sunny Ridge', 1.00, 'Grown on the south side of the hill.'),
    (1, '{food,garden}', 2, 'Orchard Lane', 1.10, 'From a farm that knows its trees by name.'),
    (1, '{food,garden}', 3, 'Old Mill', 1.25, 'Slow, stubborn and worth it.'),
    (1, '{food,garden}', 4, 'Two Rivers', 0.90, 'Organic since before it had a name.'),
    (1, '{food,garden}', 5, 'Bay Farm', 1.05, 'Brought by bicycle to the harbour every morning.'),
    (1, '{music,electronics,outdoors}', 1, 'Kestrel', 1.00, 'Tested by people who use it daily.'),
    (1, '{music,electronics,outdoors}', 2, 'Tempo', 0.80, 'All that is needed and nothing else.'),
    (1, '{music,electronics,outdoors}', 3, 'Summit', 1.40, 'The one that professionals keep.'),
    (1, '{music,electronics,outdoors}', 4, 'Quanta', 1.15, 'Spare parts for ten years, in writing.'),
    (1, '{music,electronics,outdoors}', 5, 'Echo', 0.95, 'Second hand in ten years, not waste in two.'),
    (1, '{workshop}', 1, 'Foundry', 1.00, 'Made where it was invented.'),
    (1, '{workshop}', 2, 'Maker', 0.80, 'For the first workshop.'),
    (1, '{workshop}', 3, 'Anvil', 1.35, 'To hand down.'),
    (1, '{workshop}', 4, 'Quill', 1.10, 'Chosen by people who write and mend.'),
    (1, '{workshop}', 5, 'Paper Mill', 0.95, 'Recycled wherever that is better.'),
    (2, '{music,electronics,outdoors}', 1, 'Nova', 1.10, 'Northlight''s own: designed and repaired in one house.'),
    (2, '{music,electronics,outdoors}', 2, 'Boreal', 1.00, 'For cold fingers and long nights.'),
    (2, '{music,electronics,outdoors}', 3, 'Orbit', 1.30, 'A little ahead of its time.'),
    (2, '{music,electronics,outdoors}', 4, 'Glacier', 0.85, 'The sensible one.');


-- the plan: a row a product, in the order of their ids; h is its luck
create temp table demo_product on commit drop as
select p.*, nextval('catalog.item_id') as id,
       timestamptz '2025-01-06 08:00:00+00' + p.place * interval '3 hours'
           as made_at
from (
    select l.store_id, c.id as category_id, i.category, d.slug as department,
           i.image, l.name as line, i.noun, i.choice, i.grams, l.pitch, i.about,
           l.name || ' ' || i.noun as name,
           abs(hashtext(l.name || i.noun)) as h,
           greatest(round(i.cents * l.factor / 100) * 100
                    - case when i.cents * l.factor > 5000 then 100
                           when i.cents * l.factor > 1000 then 10 else 1 end,
                    99)::bigint as cents,
           row_number() over (order by l.store_id, (i.n * 7 + l.n * 31) % 211,
                                       i.n, l.n) as place
    from demo_item i
    join demo_category g on g.slug = i.category
    join catalog.category c on c.slug = i.category
    join catalog.category d on d.id = c.path[1]
    join demo_line l on d.slug = any (l.departments)
        and l.store_id = c.store_id
) as p
order by p.place;

insert into catalog.product (id, store_id, slug, name, description,
    category_id, tax_class, seller_id, attributes, seo, tags, published_at,
    created_at, updated_at)
select p.id, p.store_id, catalog.slug_of(p.name), p.name,
       p.about || ' ' || p.pitch || E'\n\n' || case p.department
           when 'food' then 'Keep it cool and dry, and enjoy it within the'
               ' week. Packed in paper, sent in the morning.'
           when 'garden' then 'Packed upright and sent overnight. A card with'
               ' its needs is in the parcel.'
           when 'fashion' then 'Wash cold, dry in the shade. If it does not'
               ' fit, sending it back within thirty days costs nothing.'
           when 'electronics' then 'With a cable, a short guide on paper and'
               ' two years of warranty, extended to five on registration.'
           else 'Should anything be wrong with it, we repair it or send'
               ' another one; there are thirty days to change your mind.' end,
       p.category_id,
       case when p.department = 'food' then 'reduced' else 'standard' end,
       case when p.line in ('Orchard Lane', 'Kiln') then (
           select a.id from identity.account a
           where a.email = 'seller@demo.test') end,
       jsonb_build_object('Brand', p.line, 'Made in',
           (array['Denmark', 'Germany', 'Italy', 'Portugal', 'Sweden',
                  'France'])[1 + length(p.line) * 7 % 6])
       || case
           when p.department in ('fashion', 'home', 'kitchen') then
               jsonb_build_object('Material', (case p.department
                   when 'fashion' then array['Cotton', 'Wool', 'Leather',
                                             'Linen', 'Recycled polyester']
                   else array['Oak', 'Stoneware', 'Steel', 'Brass', 'Glass']
                   end)[1 + p.h % 5])
           when p.department = 'food' then
               jsonb_build_object('Organic', p.h % 3 > 0)
           else '{}' end,
       jsonb_build_object('title', p.name, 'description', p.about),
       case when p.h % 9 = 0 then '{gift}'::text[]
            when p.h % 11 = 0 then '{bestseller}' else '{}' end,
       p.made_at, p.made_at, p.made_at
from demo_product p
order by p.id;

insert into catalog.image (product_id, position, url, alt, width, height)
select p.id, 1, '/media/emoji/' || p.image || '.webp', p.name, 256, 256
from demo_product p order by p.id;


-- options and variants
create temp table demo_option on commit drop as
select p.id as product_id, o.position, o.name, o."values"
from demo_product p
cross join lateral (
    select 1 as position, 'Size' as name,
           array['38', '39', '40', '41', '42', '43'] as "values"
    where p.choice = 'shoe'
    union all
    select 1, 'Size', array['S', 'M', 'L', 'XL'] where p.choice = 'cloth'
    union all
    select 1, 'Storage', array['256 GB', '512 GB', '1 TB']
    where p.choice = 'storage'
    union all
    select 1, 'Length', array['158 cm', '166 cm', '174 cm']
    where p.choice = 'ski'
    union all
    select 1, 'Frame', array['S', 'M', 'L'] where p.choice = 'frame'
    union all
    select case when p.choice = 'cloth' then 2 else 1 end, 'Color',
           (array[array['Navy', 'Sand'], array['Forest', 'White'],
                  array['Red', 'Black'], array['Rose', 'Grey'],
                  array['Blue', 'Yellow']])[1 + p.h % 5 : 1 + p.h % 5]
    where p.choice = 'color' or p.choice = 'cloth' and p.h % 3 = 0
) as o;

-- a slice of an array of arrays has two dimensions
update demo_option set "values" = array(select unnest("values"));

insert into catalog.option (product_id, position, name, "values")
select product_id, position, name, "values" from demo_option;

create temp table demo_variant on commit drop as
select v.product_id, v.options, v.place,
       case when v.place = 1 then v.product_id
            else nextval('catalog.item_id') end as id
from (
    select p.id as product_id,
           array_remove(array[a.value, b.value], null) as options,
           row_number() over (partition by p.id order by a.n, b.n) as place
    from demo_product p
    left join demo_option x on x.product_id = p.id and x.position = 1
    left join lateral unnest(x."values") with ordinality as a (value, n)
        on true
    left join demo_option y on y.product_id = p.id and y.position = 2
    left join lateral unnest(y."values") with ordinality as b (value, n)
        on true
    order by p.id, a.n, b.n
) as v;

insert into catalog.variant (id, product_id, store_id, sku, barcode, options,
                             position, weight_grams, created_at)
select v.id, p.id, p.store_id,
       upper(left(p.line, 2) || '-' || substr(md5(p.name), 1, 5))
           || case when cardinality(v.options) > 0 then '-' || v.place
                   else '' end,
       '40' || lpad((v.id * 7919 % 10000000000)::text, 11, '0'), v.options,
       v.place, p.grams, p.made_at
from demo_variant v join demo_product p on p.id = v.product_id
order by v.id;

insert into catalog.price (variant_id, currency, amount, compare_at)
select v.id, c.currency, a.amount,
       case when p.h % 8 = 0 then a.amount * 125 / 10000 * 100
            + a.amount % 100 end
from demo_variant v
join demo_product p on p.id = v.product_id
cross join (values ('EUR', 1.00), ('USD', 1.10)) as c (currency, rate)
cross join lateral (
    select p.cents + case when p.choice = 'storage'
                          then (v.place - 1) * 10000 else 0 end as euro) as e
cross join lateral (
    select case when c.currency = 'EUR' then e.euro
                else greatest(round(e.euro * c.rate / 100) * 100 - 1, 99)
           end::bigint as amount) as a
order by v.id, c.currency;
